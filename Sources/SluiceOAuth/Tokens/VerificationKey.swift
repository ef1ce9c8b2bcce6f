import Crypto
import CryptoExtras
import Foundation

/// The public half of a signature key.
/// - Source: RFC 7517; RFC 7518 §6; RFC 8037 §2.
public struct VerificationKey: Sendable, Equatable, CustomStringConvertible {
    private enum Material: Sendable {
        case es256(P256.Signing.PublicKey)
        case eddsa(Curve25519.Signing.PublicKey)
        case rs256(_RSA.Signing.PublicKey)
    }

    private let material: Material
    /// The members that define the key mathematically, in alphabetical order as the thumbprint wants them.
    private let defining: [(String, String)]
    /// The name of the key: its RFC 7638 thumbprint unless a foreign document named it otherwise.
    public let keyID: String

    /// What its signatures are made with.
    public var algorithm: SignatureAlgorithm {
        switch material {
        case .es256: .es256
        case .eddsa: .eddsa
        case .rs256: .rs256
        }
    }

    init(_ key: P256.Signing.PublicKey) {
        let point = Array(key.rawRepresentation)
        let defining = [
            ("crv", "P-256"), ("kty", "EC"), ("x", Base64URL.encode(point[..<32])),
            ("y", Base64URL.encode(point[32...])),
        ]
        self.init(.es256(key), defining, keyID: nil)
    }

    init(_ key: Curve25519.Signing.PublicKey) {
        let defining = [("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64URL.encode(key.rawRepresentation))]
        self.init(.eddsa(key), defining, keyID: nil)
    }

    init(_ key: _RSA.Signing.PublicKey) throws {
        let numbers = try key.getKeyPrimitives()
        // RFC 7518 §2: as few octets as the number needs.
        let defining = [
            ("e", Base64URL.encode(numbers.publicExponent.drop { $0 == 0 })), ("kty", "RSA"),
            ("n", Base64URL.encode(numbers.modulus.drop { $0 == 0 })),
        ]
        self.init(.rs256(key), defining, keyID: nil)
    }

    private init(_ material: Material, _ defining: [(String, String)], keyID: String?) {
        self.material = material
        self.defining = defining
        self.keyID = keyID ?? Self.thumbprint(defining)
    }

    /// The key in a JWK. `nil` for text that is no JWK, for a kind of key or algorithm that is not one of ours, for RSA below
    /// 2048 bits, for a key meant to encrypt, and for a private key: whoever hands one in should not be met with success.
    public init?(jwkJSON: String) {
        guard jwkJSON.utf8.count <= 8192, let jwk = JSONValue.parse(Array(jwkJSON.utf8)) else { return nil }
        self.init(jwk)
    }

    /// The key in a JWK that was read already, by the same rules.
    init?(_ jwk: JSONValue) {
        guard jwk["d"] == nil, jwk["use"] == nil || jwk["use"] == .string("sig") else { return nil }
        func number(_ name: String) -> [UInt8]? { jwk[name]?.string.flatMap { Base64URL.decode($0) } }
        let key: VerificationKey
        switch (jwk["kty"]?.string, jwk["crv"]?.string) {
        case ("EC", "P-256"):
            guard let x = number("x"), let y = number("y"), x.count == 32, y.count == 32,
                let point = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            key = VerificationKey(point)
        case ("OKP", "Ed25519"):
            guard let x = number("x"), x.count == 32,
                let point = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
            else { return nil }
            key = VerificationKey(point)
        case ("RSA", _):
            guard let modulus = number("n"), let exponent = number("e"), (256...1024).contains(modulus.count),
                (1...4).contains(exponent.count), let numbers = try? _RSA.Signing.PublicKey(n: modulus, e: exponent),
                let made = try? VerificationKey(numbers)
            else { return nil }
            key = made
        default: return nil
        }
        guard jwk["alg"] == nil || jwk["alg"] == .string(key.algorithm.rawValue) else { return nil }
        if let name = jwk["kid"] {
            guard case .string(let keyID) = name, (1...256).contains(keyID.utf8.count) else { return nil }
            self.init(key.material, key.defining, keyID: keyID)
        } else {
            self = key
        }
    }

    /// The members of the JWK: `kty`, `crv`, `x`, `y` or `kty`, `n`, `e`, then `use`, `alg` and `kid`.
    /// - Source: RFC 7517 §4; RFC 7518 §6.2 and §6.3; RFC 8037 §2.
    public var jwk: [(String, String)] {
        let order = ["kty", "crv", "x", "y", "n", "e"]
        return order.compactMap { name in defining.first { $0.0 == name } }
            + [("use", "sig"), ("alg", algorithm.rawValue), ("kid", keyID)]
    }

    /// The JWK as JSON.
    public var jwkJSON: String { Self.object(jwk).text }

    /// Whether `signature`, in JWS form, is this key's over exactly `bytes`.
    public func isValid(signature: [UInt8], over bytes: [UInt8]) -> Bool {
        switch material {
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .eddsa(let key):
            return key.isValidSignature(signature, for: bytes)
        case .rs256(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return key.isValidSignature(signature, for: bytes, padding: .insecurePKCS1v1_5)
        }
    }

    /// The algorithm and the name.
    public var description: String { "VerificationKey(\(algorithm.rawValue), \(keyID))" }

    /// Whether both are the same key under the same name.
    public static func == (one: VerificationKey, other: VerificationKey) -> Bool { one.jwkJSON == other.jwkJSON }

    /// - Source: RFC 7638 §3.
    private static func thumbprint(_ defining: [(String, String)]) -> String {
        Base64URL.encode(SecretHash(of: object(defining).text).bytes)
    }

    private static func object(_ members: [(String, String)]) -> JSONText {
        var object = JSONText(capacity: 512)
        for (name, value) in members { object.add(name, value) }
        return object
    }
}
