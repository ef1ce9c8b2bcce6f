import Crypto
import Foundation
import SluiceOAuth

@testable import SluiceAuthority

/// Makes access tokens that look real but for one thing.
struct Forgery {
    /// The installation's own key, taken from its store: nobody but the server can have it.
    let key: SigningKey
    var header: [String: Any]
    var claims: [String: Any]

    /// Starts from a real token.
    init(of tokens: Tokens, on installation: Installation, masterKey: [UInt8] = Array(repeating: 7, count: 32))
        async throws
    {
        let keyID = tokens.header["kid"] as? String ?? ""
        guard let record = try await installation.store.signingKeys().first(where: { $0.keyID == keyID }),
            let secret = MasterKey(bytes: masterKey)?.open(record.sealed, name: "signing-key \(keyID)")
        else { throw Browser.Missing(what: "the signing key") }
        key = try SigningKey(record.algorithm, representation: secret)
        header = tokens.header
        claims = tokens.claims
    }

    /// Header and payload as they are signed.
    func signedText() throws -> String {
        try [header, claims].map {
            Base64URL.encode(try JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys]))
        }.joined(separator: ".")
    }

    /// The token, signed by the installation's key or another.
    func token(signedBy other: SigningKey? = nil) throws -> String {
        let text = try signedText()
        return text + "." + Base64URL.encode(try (other ?? key).sign(Array(text.utf8)))
    }

    /// The token with an HMAC under a key of the forger's choice.
    func token(hmacUnder secret: [UInt8]) throws -> String {
        let text = try signedText()
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: secret))
        return text + "." + Base64URL.encode(Array(code))
    }

    /// The token with a signature as given.
    func token(signature: [UInt8]) throws -> String { try signedText() + "." + Base64URL.encode(signature) }

    /// A copy with changed claims; `nil` leaves one out.
    func claiming(_ changes: [String: Any?]) -> Forgery {
        var copy = self
        for (name, value) in changes { copy.claims[name] = value }
        return copy
    }

    /// A copy with changed header members; `nil` leaves one out.
    func heading(_ changes: [String: Any?]) -> Forgery {
        var copy = self
        for (name, value) in changes { copy.header[name] = value }
        return copy
    }
}
