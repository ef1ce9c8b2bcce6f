/// What became of a request at the limits, and where its client stands now.
public struct RateVerdict: Sendable, Equatable {
    /// Whose requests were counted.
    public let bucket: RateBucket
    /// Where the client stands in each limited window, the shortest first.
    public let standings: [RateStanding]
    /// Why the request is refused; `nil` if it may go on, and then it was counted.
    public let refusal: Refusal?

    /// Why a request is refused.
    public struct Refusal: Sendable, Equatable {
        /// The window that is full; of several the one that stays so for the longest.
        public let window: RateWindow
        /// In how many seconds there is room again, in every window.
        public let retryAfter: Int
    }
}

/// Where a client stands in one window.
public struct RateStanding: Sendable, Equatable {
    /// The quota.
    public let policy: RatePolicy
    /// How many requests are left.
    public let remaining: Int
    /// In how many seconds the oldest requests leave the window, and more are left.
    public let resetsAfter: Int
}
