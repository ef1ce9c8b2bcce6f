package import Foundation
package import SluiceAuthority
import SluiceGraphQL
package import SluiceOAuth
package import SluicePosting

/// Buffer's GraphQL API over the authority: one request in, one answer out, on behalf of a checked bearer.
package final class API: Sendable {
    /// What a request is answered with.
    package struct Answer: Sendable {
        /// The JSON text.
        package let body: [UInt8]
        /// Whether nothing was executed, because the request itself is wrong: HTTP 400.
        package let isRequestError: Bool
        /// Whether it is a mutation that came in a URL: HTTP 405.
        package var needsPost = false
        /// The scopes that fields would have needed and the bearer lacks; `nil` if none (D12).
        package let missingScopes: Scopes?
    }

    private let engine: GraphQLEngine<Caller>

    /// Builds the schema.
    /// - Parameter now: The clock by which channels are new.
    /// - Parameter report: Told of errors that are our fault, with a text for the log.
    /// - Throws: `SchemaError` if schema and resolvers do not fit, which a test shows they do.
    package init(
        authority: Authority, posting: Posting, now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (String) -> Void
    ) throws {
        var resolvers = ResolverRegistry(context: Caller.self)
        Scalars.register(in: &resolvers)
        Self.registerFields(in: &resolvers, authority: authority, posting: posting, now: now)
        FieldScopes.guardFields(in: &resolvers) { $0.bearer }
        engine = try GraphQLEngine(sdl: Schema.text, resolvers: resolvers) { error in
            if let refusal = GraphQLError(refusal: error) { return refusal }
            report("\(error)")
            return GraphQLError("Something went wrong on our side.", code: "UNEXPECTED")
        }
    }

    private static func registerFields(
        in resolvers: inout ResolverRegistry<Caller>, authority: Authority, posting: Posting, now: @escaping @Sendable () -> Date
    ) {
        let access = Access(authority: authority, posting: posting)
        AccountFields(authority: authority).register(in: &resolvers)
        OrganizationFields(authority: authority, posting: posting).register(in: &resolvers)
        ChannelFields(access: access, posting: posting, now: now).register(in: &resolvers)
        ChannelMetadataFields.register(in: &resolvers)
        WeekFields(posting: posting).register(in: &resolvers)
        LimitFields(access: access, posting: posting).register(in: &resolvers)
        PostFields(access: access, posting: posting).register(in: &resolvers)
        PostCompanyFields(authority: authority, posting: posting).register(in: &resolvers)
        PostMetadataFields(posting: posting).register(in: &resolvers)
        PostMutations(access: access, posting: posting).register(in: &resolvers)
        AssetFields.register(in: &resolvers)
        MetricFields(access: access, posting: posting).register(in: &resolvers)
        IdeaFields(access: access, posting: posting).register(in: &resolvers)
        TemplateFields(access: access, posting: posting).register(in: &resolvers)
        TypedError.register(in: &resolvers)
    }

    /// Runs the request in a JSON body.
    package func answer(json body: some Sequence<UInt8>, for bearer: Bearer) async -> Answer {
        Self.answer(await engine.execute(json: body, context: Caller(bearer: bearer)))
    }

    /// Runs the query in a URL. Whatever it is, it changes nothing.
    package func answer(_ url: URLQuery, for bearer: Bearer) async -> Answer {
        let request: GraphQLRequest
        do { request = try GraphQLRequest(url) } catch { return Self.answer(GraphQLResponse(refusing: error)) }
        let response = await engine.execute(request, context: Caller(bearer: bearer), queriesOnly: true)
        var answer = Self.answer(response)
        answer.needsPost = response.requestError == .operation && engine.operation(of: request)?.kind == "mutation"
        return answer
    }

    /// What the request in a JSON body asks for, without running it; `nil` if it is not valid.
    package func operation(json body: some Sequence<UInt8>) -> (kind: String, name: String?)? {
        guard let request = try? GraphQLRequest(json: body) else { return nil }
        return engine.operation(of: request)
    }

    /// What the request in a URL asks for, without running it; `nil` if it is not valid.
    package func operation(_ url: URLQuery) -> (kind: String, name: String?)? {
        guard let request = try? GraphQLRequest(url) else { return nil }
        return engine.operation(of: request)
    }

    private static func answer(_ response: GraphQLResponse) -> Answer {
        Answer(
            body: response.body, isRequestError: response.isRequestError,
            missingScopes: response.errors.isEmpty ? nil : missingScopes(response.errors))
    }

    private static func missingScopes(_ errors: [GraphQLError]) -> Scopes? {
        let scopes = errors.flatMap { error -> [Scope] in
            guard case .array(let names)? = error.extensions[GraphQLError.requiredScopes] else { return [] }
            return names.compactMap { if case .string(let name) = $0 { Scope(name) } else { nil } }
        }
        return scopes.isEmpty ? nil : Scopes(scopes)
    }
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
}
