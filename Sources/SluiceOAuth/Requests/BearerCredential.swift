/// Reads what stands behind `Authorization: Bearer`. The header is the only place: never the query, a body or a cookie.
/// - Source: RFC 6750 §2.1; RFC 9700 §4.3.2.
public enum BearerCredential {
    /// The bearer of a request.
    /// - Parameter headerValues: The values of all `Authorization` fields, without surrounding white space.
    /// - Returns: The token; `nil` if there is no such field.
    /// - Throws: What is wrong with the header.
    public static func parse(_ headerValues: [String]) throws(BearerProblem) -> String? {
        guard let value = headerValues.first else { return nil }
        guard headerValues.count == 1 else { throw .repeated }
        let bytes = Array(value.utf8)
        let scheme = bytes.prefix { $0 != 0x20 }
        // RFC 9110 §11.1: the scheme's case does not matter.
        guard scheme.count == 6, zip(scheme, "bearer".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { throw .notBearer }
        let token = bytes.dropFirst(6).drop { $0 == 0x20 }
        let padding = token.drop(while: isTokenCharacter)
        // A comma, a second token, a control character or a trailing space all end up in `padding` and are refused.
        guard padding.count < token.count, padding.allSatisfy({ $0 == UInt8(ascii: "=") }) else { throw .malformed }
        return String(decoding: token, as: UTF8.self)
    }

    /// `b64token` without its padding.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        byte.isUnreserved || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }
}
