/// Why something was not done. Each has words that a person who wrote the request can act on; nothing was changed.
public enum PostingError: Error, Sendable, Equatable {
    /// There is no such thing here, or it belongs to another organization: the answer does not tell which.
    case notFound(String)
    /// What was asked for breaks rules of the service or of this API: one sentence for each, without the closing point.
    case invalid([String])
    /// A bound is reached: a daily limit, or how many things an organization may have.
    case limitReached(String)
    /// The thing is not in a state in which this can be done, as when a post is on its way out.
    case conflict(String)

    /// A cursor that was never given out, or for another list or order.
    public static let unknownCursor = PostingError.invalid(["`after` must be a cursor of an edge or of `pageInfo`"])

    /// The words for whoever asked. Several complaints are joined as Buffer joins them: `First., Second.`
    public var message: String {
        switch self {
        case .notFound(let what): "\(what) not found"
        case .invalid(let complaints): complaints.joined(separator: "., ") + (complaints.count > 1 ? "." : "")
        case .limitReached(let message), .conflict(let message): message
        }
    }
}
