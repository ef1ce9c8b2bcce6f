/// Why a server's metadata cannot be used.
public enum DiscoveryError: Error, Sendable, Equatable {
    /// The address is neither `https` nor on this machine, or holds a user name.
    case insecure(url: String)
    /// No answer.
    case unreachable(url: String, TransportError)
    /// No document at any of the standard's addresses; the status of the last.
    case notFound(url: String, status: Int)
    /// What came back is no metadata.
    case unreadable(url: String)
    /// The document is another server's.
    case wrongIssuer(expected: String, found: String)

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .insecure(let url): SecureAddress.complaint(url)
        case .unreachable(let url, let error): "\(url) does not answer: \(error.summary)"
        case .notFound(let url, let status): "There is no authorization server metadata at \(url) (HTTP \(status))."
        case .unreadable(let url): "What \(url) answers is no authorization server metadata."
        case .wrongIssuer(let expected, let found): "The metadata of \(expected) says that it belongs to \(found)."
        }
    }
}
