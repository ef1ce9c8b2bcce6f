/// A GraphQL service: a schema with its resolvers, its limits, and the documents it has seen. Make one and share it.
public final class GraphQLEngine<Context: Sendable>: Sendable {
    /// The schema that is served.
    public let schema: GraphQLSchema
    private let limits: GraphQLLimits
    private let cache: DocumentCache
    private let mask: @Sendable (any Error) -> GraphQLError

    /// An engine for a schema in SDL.
    /// - Parameter mask: Turns an error that is no ``GraphQLError`` into what the client may see, and is the place to
    ///   log it; it is not asked for more errors than an answer lists. The default says only that something went wrong.
    /// - Throws: ``SchemaError`` with everything that is wrong with the schema or its resolvers.
    public init(
        sdl: String, resolvers: ResolverRegistry<Context>, limits: GraphQLLimits = GraphQLLimits(),
        mask: @escaping @Sendable (any Error) -> GraphQLError = { _ in
            GraphQLError("Something went wrong on our side.", code: "UNEXPECTED")
        }
    ) throws(SchemaError) {
        var builder = SchemaBuilder(
            resolvers: resolvers.resolvers, scalars: resolvers.scalars,
            check: { resolvers.check(type: $0, field: $1) })
        schema = try builder.build(sdl)
        self.limits = limits
        self.mask = mask
        cache = DocumentCache(
            entryLimit: limits.cachedDocuments, limitInBytes: limits.cacheLimitInBytes, fieldLimit: limits.cachedFields)
    }

    /// Runs a request.
    /// - Parameter context: Handed to every resolver and check.
    /// - Parameter queriesOnly: Refuses mutations, as a GET request must.
    /// - Parameter root: The source of the root fields that have no resolver.
    public func execute(
        _ request: GraphQLRequest, context: Context, queriesOnly: Bool = false, root: JSONValue = .null
    ) async -> GraphQLResponse {
        do throws(RequestErrors) {
            let prepared = try prepare(request.query)
            let operation = try prepared.operation(named: request.operationName)
            if queriesOnly, operation.kind != .query {
                throw RequestErrors(.operation, "Only queries may be sent this way.")
            }
            let variables = try ValueCoercion(schema: schema).variables(of: operation, from: request.variables)
            let type = try rootType(of: operation)
            let plan = try prepared.plan(for: operation, on: type, variables: variables)
            var execution = Execution(
                schema: schema, variables: variables, context: ContextBox(context), errorLimit: limits.fieldErrors,
                mask: mask)
            await execution.run(plan, serially: operation.kind == .mutation, source: ObjectSource(root))
            return GraphQLResponse(execution)
        } catch {
            return GraphQLResponse(error)
        }
    }

    /// Runs the request in a JSON body.
    public func execute(
        json body: some Sequence<UInt8>, context: Context, parser: JSONParser = JSONParser()
    ) async -> GraphQLResponse {
        let request: GraphQLRequest
        do {
            request = try GraphQLRequest(json: body, parser: parser)
        } catch {
            return GraphQLResponse(refusing: error)
        }
        return await execute(request, context: context)
    }

    /// What is wrong with a document, without running it; empty if it is valid.
    public func validate(_ text: String) -> [GraphQLError] {
        do {
            _ = try prepare(text)
            return []
        } catch {
            return GraphQLResponse(error).errors
        }
    }

    /// What is wrong with a document and which rule says so; empty if it is valid.
    package func findings(in text: String) -> [ValidationFinding] {
        do {
            _ = try prepare(text)
            return []
        } catch {
            return error.findings
        }
    }

    /// Which operation a request would run: `query`, `mutation` or `subscription`, and its name; `nil` if the document is not valid
    /// or has no such operation.
    public func operation(of request: GraphQLRequest) -> (kind: String, name: String?)? {
        guard let operation = try? prepare(request.query).operation(named: request.operationName) else { return nil }
        return (operation.kind.rawValue, operation.name?.text)
    }

    private func prepare(_ text: String) throws(RequestErrors) -> PreparedDocument {
        if let known = cache.document(for: text) { return known }
        guard text.utf8.count <= limits.documentLimitInBytes else {
            throw RequestErrors(.validation, "The document is longer than \(limits.documentLimitInBytes) bytes.")
        }
        let document: Document
        do {
            document = try Parser.parse(text, tokenLimit: limits.tokens, depthLimit: limits.nesting)
        } catch {
            throw RequestErrors(.syntax, [ValidationFinding(rule: "Syntax", error: error)])
        }
        let findings = Validator.validate(document, against: schema, limits: limits)
        guard findings.isEmpty else { throw RequestErrors(.validation, findings) }
        let prepared = PreparedDocument(document: document, schema: schema, count: cache.count)
        cache.insert(prepared, for: text)
        return prepared
    }

    private func rootType(of operation: OperationDefinition) throws(RequestErrors) -> ObjectType {
        guard operation.kind != .subscription, let type = schema.root(for: operation.kind) else {
            let message = "Schema is not configured to execute \(operation.kind.rawValue) operation."
            throw RequestErrors(
                kind: .operation, errors: [GraphQLError(message, locations: [operation.location])])
        }
        return type
    }
}
