import Crypto
import Foundation
import SluiceOAuth

@testable import SluiceAuthority

/// Takes the refresh key out of an installation's store, as only the server can.
enum RefreshForgery {
    static func key(
        of installation: Installation, masterKey: [UInt8] = Array(repeating: 7, count: 32)
    ) async throws -> SymmetricKey {
        guard let master = MasterKey(bytes: masterKey) else { throw Browser.Missing(what: "a master key") }
        return try await Vault(master: master, store: installation.store, random: .system).refreshKey
    }
}
