public import Foundation
public import Logging

/// What the authority takes from the world, so that tests can hand it something else.
public struct AuthorityEnvironment: Sendable {
    /// The clock.
    public var now: @Sendable () -> Date
    /// The source of ids and secrets.
    public var random: RandomSource
    /// Where the authority reports what it did on its own: sweeps, rotations, faults.
    public var logger: Logger
    /// Where it counts.
    public var count: @Sendable (AuthorityCount) -> Void

    /// An environment; the default is the real world without counters.
    public init(
        now: @escaping @Sendable () -> Date = { Date() }, random: RandomSource = .system,
        logger: Logger = Logger(label: "sluice.authority"), count: @escaping @Sendable (AuthorityCount) -> Void = { _ in }
    ) {
        self.now = now
        self.random = random
        self.logger = logger
        self.count = count
    }
}

/// What the authority counts, for `/metrics`.
public enum AuthorityCount: Sendable, Equatable {
    /// A consent page was answered with allow.
    case grantApproved
    /// A consent page was answered with deny.
    case grantDenied
    /// A code became tokens.
    case codeExchanged
    /// A code exchange was refused.
    case exchangeRefused
    /// A refresh token became tokens.
    case refreshed
    /// A refresh was refused.
    case refreshRefused
    /// A grant was revoked, and why.
    case grantRevoked(RevocationReason)
    /// A bearer was accepted.
    case bearerAccepted(BearerKind)
    /// A bearer was refused, and why.
    case bearerRefused(BearerRefusal)
    /// A request was refused because its client made too many, and in which window.
    case rateLimited(RateWindow)
    /// A sign-in succeeded.
    case signedIn
    /// A sign-in failed or was throttled.
    case signInRefused
    /// A client failed to authenticate.
    case clientRefused
    /// A password was not checked because the queue is full.
    case hashingBusy
}
