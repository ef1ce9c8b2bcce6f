public import Foundation

/// Access tokens: signed JWTs of the profile RFC 9068.
/// - Source: RFC 9068; RFC 7515; RFC 7519; RFC 8725.
public enum AccessToken {
    /// The longest access token in bytes.
    public static let limitInBytes = 8192

    /// A new token. Times are cut to whole seconds.
    /// - Throws: An error of the cryptography library.
    public static func sign(_ claims: AccessTokenClaims, with key: SigningKey) throws -> String {
        var token = key.accessTokenHeader
        token.reserveCapacity(1024)
        Base64Alphabet.url.append(claims.json, to: &token)
        let signature = try key.sign(token)
        token.append(UInt8(ascii: "."))
        Base64Alphabet.url.append(signature, to: &token)
        return String(decoding: token, as: UTF8.self)
    }

    /// The claims of a token that may be accepted now. Whether its grant was revoked since is for the caller to look at.
    /// - Parameters:
    ///   - token: The text of the token.
    ///   - keys: The key of a name, `nil` if there is none. The algorithm is the key's, never the token's choice.
    ///   - issuer: Who must have issued it.
    ///   - audience: Who must be among those it is meant for.
    ///   - now: The moment of the request.
    ///   - leeway: How far clocks may differ; more than 60 seconds count as 60.
    /// - Throws: The first reason to refuse it.
    /// - Source: RFC 9068 §4; RFC 8725 §3.1, §3.8, §3.9 and §3.11.
    public static func verify(
        _ token: String, keys: (String) -> VerificationKey?, issuer: String, audience: String, now: Date,
        leeway: Duration
    ) throws(AccessTokenProblem) -> AccessTokenClaims {
        let token = try CompactToken(token)
        let key = try token.key(among: keys)
        guard key.isValid(signature: token.signature, over: token.signedBytes) else { throw .badSignature }
        guard let payload = JSONValue.parse(token.payload), let claims = AccessTokenClaims(payload) else {
            throw .malformed
        }
        // Bound to a key of its client, whose possession nobody proves here: no bearer token. RFC 7800 §3.1; RFC 9449 §7.1.
        guard payload["cnf"] == nil else { throw .wrongType }
        guard claims.issuer.hasSameBytes(as: issuer) else { throw .wrongIssuer }
        guard claims.audience.contains(where: { $0.hasSameBytes(as: audience) }) else { throw .wrongAudience }
        let seconds = Double(min(max(leeway.components.seconds, 0), 60))
        guard now < claims.expiresAt.addingTimeInterval(seconds) else { throw .expired }
        let latest = now.addingTimeInterval(seconds)
        guard claims.issuedAt <= latest else { throw .notYetValid }
        if let member = payload["nbf"] {
            guard let notBefore = AccessTokenClaims.date(member) else { throw .malformed }
            guard notBefore <= latest else { throw .notYetValid }
        }
        return claims
    }

    /// Whether `text` has the form of one: three base64url parts with dots between. Says nothing about who made it.
    public static func looksLikeOne(_ text: String) -> Bool {
        // One pass: this sorts every bearer, API keys too.
        var dots = 0
        var isPartEmpty = true
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                guard !isPartEmpty, dots < 2 else { return false }
                dots += 1
                isPartEmpty = true
            } else {
                guard byte.isASCIIAlphanumeric || byte == 0x2D || byte == 0x5F else { return false }
                isPartEmpty = false
            }
        }
        return dots == 2 && !isPartEmpty
    }
}
