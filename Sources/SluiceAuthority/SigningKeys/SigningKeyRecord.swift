public import Foundation
public import SluiceOAuth

/// A signing key as it is stored: sealed.
public struct SigningKeyRecord: Sendable, Equatable {
    /// The `kid`.
    public let keyID: String
    /// Its algorithm.
    public let algorithm: SignatureAlgorithm
    /// The private key, sealed under the master key.
    public let sealed: [UInt8]
    /// From when it is published in the key set.
    public let createdAt: Date
    /// From when tokens are signed with it.
    public var activatesAt: Date
    /// From when it is no longer published; `nil` while it may sign.
    public var retiresAt: Date?

    /// A record from stored values.
    public init(
        keyID: String, algorithm: SignatureAlgorithm, sealed: [UInt8], createdAt: Date, activatesAt: Date, retiresAt: Date?
    ) {
        self.keyID = keyID
        self.algorithm = algorithm
        self.sealed = sealed
        self.createdAt = createdAt
        self.activatesAt = activatesAt
        self.retiresAt = retiresAt
    }
}
