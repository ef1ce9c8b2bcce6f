import SluiceClient

/// An error of this program's own, in words for its operator.
struct Complaint: Error {
    let words: String

    init(_ words: String) { self.words = words }
}

/// What to say of an error. Those of the SDK hold no secret, so their words may be shown and logged.
func words(for error: any Error) -> String {
    switch error {
    case let error as Complaint: error.words
    case let error as DiscoveryError: error.summary
    case let error as AuthorizationError: error.summary
    case let error as TokenError: error.summary
    case let error as GraphQLFailure: error.summary
    default: "\(error)"
    }
}
