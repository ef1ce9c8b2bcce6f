import Foundation
import SluiceOAuth

/// What is known of an issuer's keys, and what that means at a moment. A value: it reads no clock and fetches nothing.
struct KeyState: Sendable {
    /// What a caller that needs keys is to do.
    enum Advice: Equatable {
        /// Use what is there.
        case use
        /// Use what is there, and fetch beside it.
        case useAndFetch
        /// Wait for a fetch.
        case fetch
        /// There is nothing to be had now.
        case giveUp(Duration)
    }

    private struct Fetched {
        var keys: [String: VerificationKey]
        var at: Date
        var freshUntil: Date
        var generation: Int
        var count: Int
    }

    /// Keys of this age are the newest there are: the fetch that a token with an unknown key caused itself, above all.
    private static let justNow = Duration.seconds(1)

    private let policy: KeyCachePolicy
    private var fetched: Fetched?
    /// When the last fetch began.
    private var askedAt: Date?
    /// When the last fetch for an unknown name began. Counted apart, so that a key that changed just after an ordinary fetch is found.
    private var askedForNameAt: Date?
    /// What the last fetch met, if it failed.
    private(set) var failure: String?

    init(policy: KeyCachePolicy) { self.policy = policy }

    /// The keys that may be used at `now`.
    func keys(at now: Date) -> KeySet? {
        guard let fetched, Self.isWithin(policy.keepsFor, of: fetched.at, now) else { return nil }
        return KeySet(keys: fetched.keys, generation: fetched.generation, fetch: fetched.count)
    }

    /// What to do for keys of any kind.
    func advice(at now: Date) -> Advice {
        guard let fetched, Self.isWithin(policy.keepsFor, of: fetched.at, now) else {
            return mayTryAgain(at: now) ? .fetch : .giveUp(wait(from: askedAt, now))
        }
        let life = fetched.freshUntil.timeIntervalSince(fetched.at)
        let age = now.timeIntervalSince(fetched.at)
        // A busy service fetches a little early and beside its requests, so that none of them waits.
        if age < life * 0.75 { return .use }
        guard mayTryAgain(at: now) else { return .use }
        // Stale keys wait for a fetch, whatever an earlier one met: nobody knows what was withdrawn since. They serve on unasked only
        // in the pause after a failure, and to those that waited for a fetch which failed.
        return age < life ? .useAndFetch : .fetch
    }

    /// What to do for a token that names a key which is not in the set of the fetch `seen`.
    func adviceForUnknownName(seen: Int, at now: Date) -> Advice {
        if let fetched, fetched.count != seen || Self.isWithin(Self.justNow, of: fetched.at, now) { return .use }
        let isPaused = askedForNameAt.map { Self.isWithin(policy.pause, of: $0, now) } ?? false
        if !isPaused, mayTryAgain(at: now) { return .fetch }
        // After a failed fetch the name may well be a new key's: refusing the token would make its holder throw it away.
        return failure == nil ? .use : .giveUp(wait(from: [askedAt, askedForNameAt].compactMap(\.self).max(), now))
    }

    /// A fetch begins.
    mutating func begin(forName: Bool, at now: Date) {
        askedAt = now
        if forName { askedForNameAt = now }
    }

    /// A fetch brought keys.
    /// - Parameter freshness: What the server said, in seconds.
    mutating func succeed(_ keys: [VerificationKey], freshness: Int?, askedAt: Date) {
        failure = nil
        // Two keys of one name: the first, as it stands in the document.
        let named = Dictionary(keys.map { ($0.keyID, $0) }) { first, _ in first }
        let wanted = freshness.map { Duration.seconds(min($0, 31_536_000)) } ?? policy.freshness
        let life = min(max(wanted, policy.shortestFreshness), policy.longestFreshness)
        let isSame = fetched?.keys == named
        fetched = Fetched(
            keys: named, at: askedAt, freshUntil: askedAt.addingTimeInterval(life / .seconds(1)),
            generation: (fetched?.generation ?? 0) + (isSame ? 0 : 1), count: (fetched?.count ?? 0) + 1)
    }

    /// A fetch failed.
    mutating func fail(_ words: String) { failure = words }

    private func mayTryAgain(at now: Date) -> Bool {
        guard failure != nil, let askedAt else { return true }
        return !Self.isWithin(policy.pause, of: askedAt, now)
    }

    private func wait(from start: Date?, _ now: Date) -> Duration {
        let passed = start.map { max(0, now.timeIntervalSince($0)) } ?? 0
        return max(.seconds(1), policy.pause - .seconds(passed))
    }

    /// Whether less than `span` has passed. A clock that went back says no: then nobody knows how much has.
    private static func isWithin(_ span: Duration, of start: Date, _ now: Date) -> Bool {
        let passed = now.timeIntervalSince(start)
        return passed >= 0 && passed < span / .seconds(1)
    }
}
