package import SluiceAuthority
import SluiceGraphQL
package import SluiceOAuth

/// Buffer's GraphQL API over the authority: one request in, one answer out, on behalf of a checked bearer.
package final class API: Sendable {
    /// What a request is answered with.
    package struct Answer: Sendable {
        /// The JSON text.
        package let body: [UInt8]
        /// Whether nothing was executed, because the request itself is wrong: HTTP 400.
        package let isRequestError: Bool
        /// The scopes that fields would have needed and the bearer lacks; `nil` if none (D12).
        package let missingScopes: Scopes?
    }

    private let engine: GraphQLEngine<Caller>

    /// Builds the schema.
    /// - Parameter report: Told of errors that are our fault, with a text for the log.
    /// - Throws: `SchemaError` if schema and resolvers do not fit, which a test shows they do.
    package init(authority: Authority, report: @escaping @Sendable (String) -> Void) throws {
        var resolvers = ResolverRegistry(context: Caller.self)
        AccountFields(authority: authority).register(in: &resolvers)
        resolvers.checkFields { type, field in
            guard let scope = FieldScopes.scope(of: field, on: type) else { return nil }
            let error = GraphQLError(missing: scope)
            return { caller in caller.bearer.permits(scope) ? nil : error }
        }
        engine = try GraphQLEngine(sdl: Schema.text, resolvers: resolvers) { error in
            report("\(error)")
            return GraphQLError("Something went wrong on our side.", code: "UNEXPECTED")
        }
    }

    /// Runs the request in a JSON body.
    package func answer(json body: some Sequence<UInt8>, for bearer: Bearer) async -> Answer {
        let response = await engine.execute(json: body, context: Caller(bearer: bearer))
        return Answer(
            body: response.body, isRequestError: response.isRequestError,
            missingScopes: response.errors.isEmpty ? nil : Self.missingScopes(response.errors))
    }

    /// What the request in a JSON body asks for, without running it; `nil` if it is not valid.
    package func operation(json body: some Sequence<UInt8>) -> (kind: String, name: String?)? {
        guard let request = try? GraphQLRequest(json: body) else { return nil }
        return engine.operation(of: request)
    }

    private static func missingScopes(_ errors: [GraphQLError]) -> Scopes? {
        let scopes = errors.flatMap { error -> [Scope] in
            guard case .array(let names)? = error.extensions[GraphQLError.requiredScopes] else { return [] }
            return names.compactMap { if case .string(let name) = $0 { Scope(name) } else { nil } }
        }
        return scopes.isEmpty ? nil : Scopes(scopes)
    }
}

/// Who asks.
struct Caller: Sendable {
    let bearer: Bearer

    var accountID: AccountID { bearer.accountID }
}

extension GraphQLError {
    /// The member of `extensions` that names the scopes a field needs.
    static let requiredScopes = "requiredScopes"

    /// The bearer may not read or change this field.
    init(missing scope: Scope) {
        self.init(
            "This needs the scope \(scope.name), which the credential does not have.",
            extensions: ["code": "FORBIDDEN", GraphQLError.requiredScopes: .array([.string(scope.name)])])
    }

    /// There is no such thing, or it is somebody else's: the answer does not tell which.
    static func notFound(_ what: String) -> GraphQLError { GraphQLError("\(what) not found", code: "NOT_FOUND") }
}
