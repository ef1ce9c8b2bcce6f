public import Foundation
public import SluiceOAuth

/// Where API keys are kept.
public protocol APIKeyStore: Sendable {
    /// Keeps a new key.
    /// - Parameters:
    ///   - formID: Names the form that asked; a second insert with the same one keeps nothing (a reloaded page makes no second key).
    ///   - limit: How many unexpired keys the account may have with this one; `nil` for any number (S123).
    func insert(_ key: APIKeyRecord, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion

    /// The key whose SHA-256 is `hash` and the state of its account; `nil` for an unknown or revoked key.
    func key(_ hash: SecretHash) async throws -> (key: APIKeyRecord, account: Account.State)?

    /// One key of the account.
    func key(_ id: APIKeyID, of account: AccountID) async throws -> APIKeyRecord?

    /// The account's keys, newest first.
    func keys(of account: AccountID, _ page: SliceRequest) async throws -> Slice<APIKeyRecord>

    /// Renames a key.
    func rename(_ id: APIKeyID, of account: AccountID, to name: DisplayName, audit: AuditEvent) async throws -> Bool

    /// Puts `successor` in the place of the key `id`: both are written in one step, and the old key's expiry becomes
    /// `overlapEnds` unless it was earlier already: rotation never extends an expiry (S14).
    /// - Returns: `.inserted`, `.repeated` for a form sent twice, `.refused` if there is no such live key.
    func rotate(
        _ id: APIKeyID, of account: AccountID, to successor: APIKeyRecord, overlapEnds: Date, formID: String?, audit: AuditEvent
    ) async throws -> Insertion

    /// Deletes a key. It is refused from the moment this returns.
    func revoke(_ id: APIKeyID, of account: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool

    /// Notes when keys were last used; later values win.
    func noteUse(_ uses: [APIKeyID: Date]) async throws
}

/// What became of an insert that a form asked for.
public enum Insertion: Sendable, Equatable {
    /// Kept.
    case inserted
    /// The same form was sent before; nothing was kept now.
    case repeated
    /// A limit or a missing predecessor stands against it; nothing was kept.
    case refused
}
