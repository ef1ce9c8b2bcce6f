import Foundation

/// What the authorization server said no with.
/// - Source: RFC 6749 §4.1.2.1 and §5.2.
public struct OAuthRefusal: Sendable, Hashable {
    /// The code of the wire: `invalid_grant`, for example.
    public let code: String
    /// The server's words, cleaned of whatever a terminal would obey; `nil` if it gave none.
    public let text: String?
    /// The HTTP status; 302 for a refusal that came by redirect.
    public let status: Int

    /// A refusal; both texts are cleaned and cut.
    public init(code: String, text: String?, status: Int) {
        self.code = Self.printable(code, limit: 100)
        self.text = text.map { Self.printable($0, limit: 500) }
        self.status = status
    }

    /// The refusal in the body of an answer; `nil` if there is none in it.
    init?(_ answer: TransportResponse) {
        struct Body: Decodable {
            var error: String
            var error_description: String?
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(answer.body)), !body.error.isEmpty else { return nil }
        self.init(code: body.error, text: body.error_description, status: answer.status)
    }

    /// Whether the token or code that was presented is dead.
    public var isInvalidGrant: Bool { code == "invalid_grant" }

    /// One line for people.
    public var summary: String { text.map { "\(code): \($0)" } ?? code }

    /// Text from a server without control and direction characters, cut to `limit` characters.
    static func printable(_ text: String, limit: Int) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
