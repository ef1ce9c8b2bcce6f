public import Foundation
public import SluiceOAuth

/// Where sessions are kept.
public protocol SessionStore: Sendable {
    /// Keeps a new session and, in the same step, ends the one it replaces (session rotation at sign-in). Sessions of accounts
    /// that are not active are refused. An account keeps its 100 most recently used sessions: as many as its owner can see.
    /// - Parameter hash: The stored password hash that the sign-in was checked against; `nil` where no password was given. A
    ///   password that was changed meanwhile opens nothing any more.
    /// - Returns: `false`, and keeps nothing, if the account is not active or has another password hash.
    func open(
        _ session: Session, replacing old: SessionID?, ifPasswordHash hash: String?, audit: AuditEvent
    ) async throws -> Bool

    /// The session whose cookie hashes to `hash`, with its account; whether it is still good is the caller's decision.
    func session(_ hash: SecretHash) async throws -> (session: Session, account: Account)?

    /// Notes that the session was used.
    func touch(_ id: SessionID, at now: Date) async throws

    /// The account's sessions, most recently used first; at most 100.
    func sessions(of account: AccountID) async throws -> [Session]

    /// Ends one session of the account.
    /// - Returns: `false` if it has no such session.
    func end(_ id: SessionID, of account: AccountID, audit: AuditEvent) async throws -> Bool

    /// Ends all sessions of the account but `kept`.
    /// - Returns: How many ended.
    func endAll(of account: AccountID, except kept: SessionID?, audit: AuditEvent) async throws -> Int
}

extension SessionStore {
    /// Opens a session where no password was given just now.
    public func open(_ session: Session, replacing old: SessionID?, audit: AuditEvent) async throws -> Bool {
        try await open(session, replacing: old, ifPasswordHash: nil, audit: audit)
    }
}
