public import Foundation
import SluiceOAuth

/// Where clients are kept.
public protocol ClientStore: Sendable {
    /// Keeps a new client with its secrets.
    /// - Parameters: `formID` and `limit` as for `APIKeyStore.insert`.
    func insert(_ client: Client, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion

    /// A client that was not deleted and whose owner's account is active; `nil` otherwise.
    func client(_ id: ClientID) async throws -> Client?

    /// The account's clients, newest first.
    func clients(of owner: AccountID, _ page: SliceRequest) async throws -> Slice<Client>

    /// Every client, newest first.
    func clients(_ page: SliceRequest) async throws -> Slice<Client>

    /// Writes the changeable fields: name, redirect URIs, website, description, logo.
    /// - Returns: `false` if the account has no such client.
    func update(_ client: Client, audit: AuditEvent) async throws -> Bool

    /// Adds a secret and lets the present ones end at `overlapEnds` unless they end earlier already.
    /// - Returns: `.refused` if the account has no such confidential client.
    func rotateSecret(
        of id: ClientID, owner: AccountID, to secret: ClientSecretRecord, overlapEnds: Date, formID: String?, audit: AuditEvent
    ) async throws -> Insertion

    /// Deletes the client and revokes all its grants with `clientDeleted`, in one step.
    func delete(_ id: ClientID, owner: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool
}
