import Crypto
import Foundation
public import SluiceOAuth

/// The one secret that lives outside the database: whoever steals the database alone can sign nothing and mint nothing.
///
/// Signing keys and the refresh MAC key are sealed under it with AES-GCM; keys for page tokens are derived from it by HKDF.
public struct MasterKey: Sendable, SecretHolder {
    private let key: SymmetricKey

    /// A key from its 32 bytes; `nil` for another count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        key = SymmetricKey(data: Array(bytes))
    }

    /// Hides the key.
    public var description: String { "MasterKey(hidden)" }

    /// Encrypts and authenticates a secret. `name` is bound to it, so that stored values cannot be swapped.
    func seal(_ secret: some Collection<UInt8>, name: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(Array(secret), using: derived("seal"), authenticating: Array(name.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// The secret; `nil` if this is not the key that sealed it, or the bytes were changed.
    func open(_ sealed: [UInt8], name: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let secret = try? AES.GCM.open(box, using: derived("seal"), authenticating: Array(name.utf8))
        else { return nil }
        return Array(secret)
    }

    /// A key for one purpose. Purposes cannot be traced back to each other or to the master key.
    func derived(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("sluice \(purpose)".utf8), outputByteCount: 32)
    }
}

/// The sealed secrets cannot be read with the master key at hand. Nothing was overwritten.
public enum MasterKeyError: Error, Sendable, Equatable {
    /// The database was made with another master key.
    case wrong

    /// What to do about it.
    public var summary: String {
        "The master key does not open this database's secrets. Put back the master key that belongs to it; nothing was changed."
    }
}
