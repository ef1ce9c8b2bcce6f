/// How long published keys are believed, and how often they are asked for.
public struct KeyCachePolicy: Sendable, Equatable {
    /// How long keys are fresh if the server does not say.
    public var freshness: Duration = .seconds(300)
    /// Keys are fresh for at least this long, whatever `Cache-Control` says: a server that says `no-store` must not be asked at each
    /// request.
    public var shortestFreshness: Duration = .seconds(60)
    /// Keys are fresh for at most this long, whatever `Cache-Control` says: for so long a key that its owner withdrew may still be
    /// believed.
    public var longestFreshness: Duration = .seconds(900)
    /// How long after they were last fetched keys may be used while they cannot be fetched anew. Then every token is refused.
    public var keepsFor: Duration = .seconds(3600)
    /// The pause between two fetches for a key that is not known, and after a failed fetch: the most that made-up key names cost.
    public var pause: Duration = .seconds(10)
    /// How long one fetch may take.
    public var timeout: Duration = .seconds(5)

    /// The policy of these defaults.
    public init() {}
}
