/// The answer to a request, written out.
/// - Source: GraphQL October 2021 §7.
public struct GraphQLResponse: Sendable {
    /// Why nothing was executed.
    public enum RequestErrorKind: Sendable, Hashable {
        /// The body is no request.
        case body
        /// The document is no GraphQL.
        case syntax
        /// The document does not fit the schema, or exceeds a limit.
        case validation
        /// No, or no single, operation to run.
        case operation
        /// The variables do not fit their types.
        case variables

        /// `extensions.code` of such errors, as Apollo's server calls them and clients expect.
        var code: String {
            switch self {
            case .body: "BAD_REQUEST"
            case .syntax: "GRAPHQL_PARSE_FAILED"
            case .validation: "GRAPHQL_VALIDATION_FAILED"
            case .operation: "OPERATION_RESOLUTION_FAILURE"
            case .variables: "BAD_USER_INPUT"
            }
        }
    }

    /// The JSON text.
    public let body: [UInt8]
    /// All errors, also those of fields.
    public let errors: [GraphQLError]
    /// Set when nothing was executed: an HTTP server answers 400.
    public let requestError: RequestErrorKind?

    /// Whether nothing was executed.
    public var isRequestError: Bool { requestError != nil }

    /// An answer to what never became a request, so that all errors look alike.
    public init(refusing error: GraphQLError) {
        self.init(RequestErrors(kind: .body, errors: [error]))
    }

    init(_ failure: RequestErrors) {
        errors = failure.errors.map { $0.withDefaultCode(failure.kind.code) }
        requestError = failure.kind
        var writer = JSONWriter()
        writer.write(.object(["errors": .array(errors.map(\.json))]))
        body = writer.bytes
    }

    init(_ execution: Execution) {
        errors = execution.errors
        requestError = nil
        var writer = JSONWriter()
        writer.write(byte: UInt8(ascii: "{"))
        // First, so that a reader of a long answer sees them. Source: §7.1.
        if !errors.isEmpty {
            writer.write(raw: "\"errors\":")
            writer.write(.array(errors.map(\.json)))
            writer.write(byte: UInt8(ascii: ","))
        }
        writer.write(raw: "\"data\":")
        execution.tree.write(to: &writer)
        writer.write(byte: UInt8(ascii: "}"))
        body = writer.bytes
    }
}
