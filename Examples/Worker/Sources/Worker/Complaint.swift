import SluiceClient

/// An error of this program's own, in words for its operator.
struct Complaint: Error {
    let words: String

    init(_ words: String) { self.words = words }
}

/// What to log of an error. Those of the SDK hold no secret.
func words(for error: any Error) -> String {
    switch error {
    case let error as Complaint: error.words
    case let error as DiscoveryError: error.summary
    case let error as GraphQLFailure: error.summary
    default: "\(error)"
    }
}
