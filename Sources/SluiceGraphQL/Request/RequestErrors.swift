/// Errors of a whole request: nothing was executed, the answer has no `data`.
/// - Source: GraphQL October 2021 §7.1.2, "Request errors".
struct RequestErrors: Error, Sendable {
    let kind: GraphQLResponse.RequestErrorKind
    let findings: [ValidationFinding]

    var errors: [GraphQLError] { findings.map(\.error) }

    init(_ kind: GraphQLResponse.RequestErrorKind, _ findings: [ValidationFinding]) {
        self.kind = kind
        self.findings = findings
    }

    init(kind: GraphQLResponse.RequestErrorKind, errors: [GraphQLError]) {
        self.init(kind, errors.map { ValidationFinding(rule: "Request", error: $0) })
    }

    init(_ kind: GraphQLResponse.RequestErrorKind, _ message: String) {
        self.init(kind: kind, errors: [GraphQLError(message)])
    }
}
