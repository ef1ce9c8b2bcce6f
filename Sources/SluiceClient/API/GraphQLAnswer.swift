/// What the API answered: data, errors beside it, and how much of the rate limits is left.
public struct GraphQLAnswer<Value: Sendable>: Sendable {
    /// The data; `nil` if the errors left none.
    public let data: Value?
    /// Errors of single fields, or of the request as a whole.
    public let errors: [GraphQLErrorEntry]
    /// The windows that the answer told.
    public let rateLimits: [RateLimit]

    /// The data of an answer without errors.
    /// - Throws: `GraphQLFailure.errors`.
    public func get() throws(GraphQLFailure) -> Value {
        guard let data, errors.isEmpty else { throw .errors(errors) }
        return data
    }
}

/// A whole answer as it came, for tools that pass it on.
public struct RawGraphQLAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The JSON body.
    public let body: [UInt8]
    /// Whether there is data other than null.
    public let hasData: Bool
    /// What stands in `errors`.
    public let errors: [GraphQLErrorEntry]
    /// The windows that the answer told.
    public let rateLimits: [RateLimit]

    /// `nil` if the body is no GraphQL answer: no JSON object, or one with neither data nor errors.
    init?(_ response: TransportResponse) {
        guard let body = GraphQLJSON.outline(of: response.body) else { return nil }
        status = response.status
        self.body = response.body
        hasData = body.hasData
        errors = body.errors
        rateLimits = RateLimit.all(in: response)
    }
}
