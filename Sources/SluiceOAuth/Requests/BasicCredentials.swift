/// The id and secret in a Basic `Authorization` header.
/// - Source: RFC 7617 §2; RFC 6749 §2.3.1 and App. B.
struct BasicCredentials: Sendable, SecretHolder {
    let name: String
    let password: String

    /// Hides both.
    var description: String { "BasicCredentials(hidden)" }

    /// Reads the header's value. Id and secret are form-encoded inside, so a colon or a letter beyond ASCII can be sent.
    /// - Throws: `invalid_client` for another scheme, `invalid_request` for a value that cannot be read.
    init(_ authorization: String) throws(OAuthError) {
        let bytes = Array(authorization.utf8)
        let scheme = bytes.prefix { $0 != 0x20 }
        // RFC 9110 §11.1: the scheme's case does not matter.
        guard scheme.map({ $0 | 0x20 }).elementsEqual("basic".utf8) else {
            throw OAuthError(.invalidClient, "The Authorization scheme must be Basic.")
        }
        let unreadable = OAuthError(.invalidRequest, "The Basic credentials cannot be read.")
        let encoded = bytes.dropFirst(scheme.count).drop { $0 == 0x20 }
        let digits = encoded.prefix { $0 != UInt8(ascii: "=") }
        // RFC 4648 §3.2: padded to a multiple of four, so the padding is determined by the rest.
        guard encoded.count % 4 == 0, encoded.count - digits.count <= 2,
            encoded.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") }),
            let decoded = Base64Alphabet.standard.decode(digits),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":")),
            let name = Parameters.decode(decoded[..<colon]), let password = Parameters.decode(decoded[(colon + 1)...])
        else { throw unreadable }
        self.name = name
        self.password = password
    }
}
