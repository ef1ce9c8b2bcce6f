public import Foundation

/// Where signing keys and other sealed secrets are kept.
public protocol SigningKeyStore: Sendable {
    /// Every signing key that is not deleted, oldest first.
    func signingKeys() async throws -> [SigningKeyRecord]

    /// Adds a key in one step, with the end of the keys it replaces.
    /// - Parameters:
    ///   - newest: The `keyID` that the caller believes is the newest, `nil` for none: of two nodes that rotate at once one wins.
    ///   - retirement: When the present keys stop being published, unless they end earlier already; `nil` leaves them.
    /// - Returns: `false`, and keeps nothing, if `newest` is not the newest.
    func add(_ key: SigningKeyRecord, after newest: String?, retirement: Date?, audit: AuditEvent) async throws -> Bool

    /// Deletes keys that retired before `date`.
    func sweepSigningKeys(before date: Date) async throws

    /// A sealed value; `nil` if it was never set.
    func sealedValue(_ name: String) async throws -> [UInt8]?

    /// Sets a sealed value unless it is set.
    /// - Returns: The value that is stored now, whoever set it.
    func setSealedValue(_ name: String, _ value: [UInt8]) async throws -> [UInt8]
}
