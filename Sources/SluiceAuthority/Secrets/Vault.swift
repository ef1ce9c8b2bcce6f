import Crypto
import SluiceOAuth

/// The symmetric keys the authority works with, opened once at start.
struct Vault: Sendable, SecretHolder {
    /// Makes refresh tokens.
    let refreshKey: SymmetricKey
    /// Protects consent tickets, CSRF tokens and the like.
    let pageKey: SymmetricKey
    /// Recognises devices that signed in before.
    let deviceKey: SymmetricKey
    /// Seals signing keys.
    let master: MasterKey

    /// Hides the keys.
    var description: String { "Vault(hidden)" }

    private static let refreshKeyName = "refresh-key"

    /// Opens the vault, making its keys on first use.
    /// - Throws: `MasterKeyError.wrong` if the stored secrets were sealed under another key; then nothing is written.
    init(master: MasterKey, store: any SigningKeyStore, random: RandomSource) async throws {
        let stored: [UInt8]
        if let present = try await store.sealedValue(Self.refreshKeyName) {
            stored = present
        } else {
            if try await store.signingKeys().isEmpty {
                let fresh = try master.seal(random.bytes(32), name: Self.refreshKeyName)
                stored = try await store.setSealedValue(Self.refreshKeyName, fresh)
            } else {
                // A database with signing keys but no refresh key was tampered with; a fresh key would hide that. But another
                // process may have made both between the two looks.
                guard let late = try await store.sealedValue(Self.refreshKeyName) else { throw MasterKeyError.wrong }
                stored = late
            }
        }
        guard let refresh = master.open(stored, name: Self.refreshKeyName) else { throw MasterKeyError.wrong }
        refreshKey = SymmetricKey(data: refresh)
        pageKey = master.derived("pages")
        deviceKey = master.derived("devices")
        self.master = master
    }
}
