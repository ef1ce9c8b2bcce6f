import Crypto
import CryptoExtras
import Foundation

/// The private half of a signature key.
public struct SigningKey: Sendable, SecretHolder {
    private enum Material: Sendable {
        case es256(P256.Signing.PrivateKey)
        case eddsa(Curve25519.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)
    }

    private let material: Material
    /// What its signatures are checked with.
    public let verificationKey: VerificationKey
    /// The encoded JOSE header of access tokens and the dot behind it: the same for every token of this key.
    let accessTokenHeader: [UInt8]

    /// The name of the key: its RFC 7638 thumbprint, base64url.
    public var keyID: String { verificationKey.keyID }
    /// What it signs with.
    public var algorithm: SignatureAlgorithm { verificationKey.algorithm }

    /// A new key. The one function here that draws randomness: the cryptography library makes the key.
    /// - Throws: An error of the cryptography library.
    public static func generate(_ algorithm: SignatureAlgorithm) throws -> SigningKey {
        switch algorithm {
        case .es256: try SigningKey(.es256(P256.Signing.PrivateKey()))
        case .eddsa: try SigningKey(.eddsa(Curve25519.Signing.PrivateKey()))
        case .rs256: try SigningKey(.rs256(_RSA.Signing.PrivateKey(keySize: .bits2048)))
        }
    }

    /// A key that was kept.
    /// - Parameter representation: What `representation` gave.
    /// - Throws: An error of the cryptography library if these bytes are no such key.
    public init(_ algorithm: SignatureAlgorithm, representation: [UInt8]) throws {
        switch algorithm {
        case .es256: try self.init(.es256(P256.Signing.PrivateKey(rawRepresentation: representation)))
        case .eddsa: try self.init(.eddsa(Curve25519.Signing.PrivateKey(rawRepresentation: representation)))
        case .rs256: try self.init(.rs256(_RSA.Signing.PrivateKey(derRepresentation: representation)))
        }
    }

    private init(_ material: Material) throws {
        self.material = material
        switch material {
        case .es256(let key): verificationKey = VerificationKey(key.publicKey)
        case .eddsa(let key): verificationKey = VerificationKey(key.publicKey)
        case .rs256(let key): verificationKey = try VerificationKey(key.publicKey)
        }
        var header = JSONText()
        header.add("alg", verificationKey.algorithm.rawValue)
        header.add("typ", "at+jwt")
        header.add("kid", verificationKey.keyID)
        var encoded: [UInt8] = []
        Base64Alphabet.url.append(header.utf8, to: &encoded)
        encoded.append(UInt8(ascii: "."))
        accessTokenHeader = encoded
    }

    /// The private key as bytes, for sealing: raw for the curves, DER for RSA. Secret.
    public var representation: [UInt8] {
        switch material {
        case .es256(let key): Array(key.rawRepresentation)
        case .eddsa(let key): Array(key.rawRepresentation)
        case .rs256(let key): Array(key.derRepresentation)
        }
    }

    /// The signature of `bytes` in JWS form: r and s side by side for ES256.
    /// - Source: RFC 7518 §3.3 and §3.4; RFC 8037 §3.1.
    public func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        switch material {
        case .es256(let key): Array(try key.signature(for: bytes).rawRepresentation)
        case .eddsa(let key): Array(try key.signature(for: bytes))
        case .rs256(let key): Array(try key.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    /// The algorithm and the public name; the key stays hidden.
    public var description: String { "SigningKey(\(algorithm.rawValue), \(keyID))" }
}
