/// A signed token taken apart, nothing of it believed yet.
/// - Source: RFC 7515 §5.2 and §7.1.
struct CompactToken {
    /// What the signature covers: header, dot and payload as they were sent.
    let signedBytes: [UInt8]
    /// The payload, decoded.
    let payload: [UInt8]
    /// The signature, decoded.
    let signature: [UInt8]
    private let algorithm: SignatureAlgorithm?
    private let type: String?
    private let keyID: String?

    /// Takes `text` apart. Strict in each step, so that a changed text is another text to every reader.
    /// - Throws: `.tooLong` or `.malformed`.
    init(_ text: String) throws(AccessTokenProblem) {
        guard text.utf8.count <= AccessToken.limitInBytes else { throw .tooLong }
        let bytes = Array(text.utf8)
        let dot = UInt8(ascii: ".")
        guard let first = bytes.firstIndex(of: dot), let second = bytes[(first + 1)...].firstIndex(of: dot),
            let header = Base64Alphabet.url.decode(bytes[..<first]),
            let payload = Base64Alphabet.url.decode(bytes[(first + 1)..<second]),
            let signature = Base64Alphabet.url.decode(bytes[(second + 1)...]),
            let members = JSONValue.parse(header), let name = members["alg"]?.string
        else { throw .malformed }
        // `crit` names extensions that must be understood, and none is; `b64` would change what is signed (RFC 7797 §6).
        guard members["crit"] == nil, members["b64"] == nil else { throw .malformed }
        algorithm = SignatureAlgorithm(rawValue: name)
        type = members["typ"]?.string
        keyID = members["kid"]?.string
        signedBytes = Array(bytes[..<second])
        self.payload = payload
        self.signature = signature
    }

    /// The key that must have signed an access token like this.
    /// - Throws: `.algorithmMismatch`, `.wrongType` or `.unknownKey`.
    func key(among keys: (String) -> VerificationKey?) throws(AccessTokenProblem) -> VerificationKey {
        guard let algorithm else { throw .algorithmMismatch }
        // RFC 9068 §4: an ID token is signed by the same key and must not pass.
        guard type == "at+jwt" || type == "application/at+jwt" else { throw .wrongType }
        guard let keyID, let key = keys(keyID) else { throw .unknownKey }
        guard key.algorithm == algorithm else { throw .algorithmMismatch }
        return key
    }
}
