/// Errors of a whole request: nothing was executed, the answer has no `data`.
/// - Source: GraphQL October 2021 §7.1.2, "Request errors".
struct RequestErrors: Error, Sendable {
    let kind: GraphQLResponse.RequestErrorKind
    let errors: [GraphQLError]

    init(kind: GraphQLResponse.RequestErrorKind, errors: [GraphQLError]) {
        self.kind = kind
        self.errors = errors
    }

    init(_ kind: GraphQLResponse.RequestErrorKind, _ message: String) {
        self.init(kind: kind, errors: [GraphQLError(message)])
    }
}
