public import Foundation

/// Where accounts and their organizations are kept. Every engine passes `AccountStoreContract`.
public protocol AccountStore: Sendable {
    /// Makes the account, its password and its first organization in one step.
    /// - Returns: `false`, and keeps nothing, if the address belongs to an account already.
    func create(_ account: Account, passwordHash: String, organization: Organization, audit: AuditEvent) async throws
        -> Bool

    /// The account, closed ones included; `nil` if there never was one.
    func account(_ id: AccountID) async throws -> Account?

    /// The account that signs in with `email`; closed accounts have given their address up.
    func account(email: EmailAddress) async throws -> Account?

    /// The stored password hash of an account.
    func passwordHash(of id: AccountID) async throws -> String?

    /// All accounts, newest first.
    func accounts(_ page: SliceRequest) async throws -> Slice<Account>

    /// Changes name and time zone.
    /// - Returns: `false` if the account is closed or unknown.
    func update(_ id: AccountID, name: DisplayName, timeZone: String, audit: AuditEvent) async throws -> Bool

    /// Changes the address.
    func change(_ id: AccountID, email: EmailAddress, audit: AuditEvent) async throws -> EmailChange

    /// Replaces the password hash if it still is `expected` (`nil`: whatever it is); a changed hash means someone was faster.
    /// - Parameter audit: `nil` for a mere strengthening of the same password's hash.
    /// - Returns: Whether it was replaced.
    func replacePasswordHash(of id: AccountID, expected: String?, with hash: String, audit: AuditEvent?) async throws
        -> Bool

    /// Disables the account and cuts off everything of it in the same step: sessions end, grants are revoked with
    /// `accountDisabled`, its keys stop working until it is enabled.
    /// - Returns: `false` if it was not active.
    func disable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool

    /// Enables a disabled account. Revoked grants and ended sessions stay so; keys work again.
    /// - Returns: `false` if it was not disabled.
    func enable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool

    /// Closes the account for good, in one step (S131): sessions end, keys and clients are deleted, grants to and of them are
    /// revoked, the address, name and password hash are erased. Its memberships end; an organization that it owned goes to the
    /// member that `Membership.Role.succession` names, or is deleted if it has no other member.
    /// - Returns: `false` if it was closed already or unknown.
    func close(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool

    /// The organizations that the account belongs to, what it joined first first; at most 200.
    func organizations(of id: AccountID) async throws -> [Organization]
}

/// What became of a change of address.
public enum EmailChange: Sendable, Equatable {
    /// It is the account's now.
    case changed
    /// Another account signs in with it.
    case taken
    /// The account is closed or unknown.
    case unknown
}
