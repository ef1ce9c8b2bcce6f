/// One entry of `errors`: what Buffer calls a non-recoverable error.
/// - Source: GraphQL specification §7.1.2; Buffer's page "Error handling".
public struct GraphQLErrorEntry: Sendable, Hashable {
    /// Where in the document.
    public struct Location: Sendable, Hashable, Decodable {
        /// From 1.
        public let line: Int
        /// From 1.
        public let column: Int
    }

    /// A step of the way to the field: its name, or an index.
    public enum PathPart: Sendable, Hashable, CustomStringConvertible {
        case field(String)
        case index(Int)

        /// The name or the number.
        public var description: String {
            switch self {
            case .field(let name): name
            case .index(let number): String(number)
            }
        }
    }

    /// What happened, in the server's words.
    public let message: String
    /// `extensions.code`: `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `UNEXPECTED`, `RATE_LIMIT_EXCEEDED`, `GRAPHQL_VALIDATION_FAILED`…
    public let code: String?
    /// The field that it concerns; empty for the request as a whole.
    public let path: [PathPart]
    /// Where the field stands in the document.
    public let locations: [Location]
    /// The scopes that the field would have needed, where one is missing.
    public let requiredScopes: [String]
    /// The window of the rate limit that was hit: `15m`, `24h`, `30d`.
    public let window: String?
    /// How long to wait, where the entry says so.
    public let retryAfter: Duration?

    /// Whether it says that the credential is not accepted: by the code that the live server sends, or by the one of Buffer's guide.
    var isAboutTheCredential: Bool { code == "UNAUTHENTICATED" || code == "UNAUTHORIZED" }
}

extension GraphQLErrorEntry: Decodable {
    private enum CodingKeys: String, CodingKey {
        case message, extensions, path, locations
    }

    private struct Extensions: Decodable {
        var code: String?
        var requiredScopes: [String]?
        var window: String?
        var retryAfter: Double?

        private enum CodingKeys: String, CodingKey {
            case code, requiredScopes, window, retryAfter
        }

        /// Each on its own: an extension of an unknown kind must not hide the error.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            code = try? container.decodeIfPresent(String.self, forKey: .code)
            requiredScopes = try? container.decodeIfPresent([String].self, forKey: .requiredScopes)
            window = try? container.decodeIfPresent(String.self, forKey: .window)
            retryAfter = try? container.decodeIfPresent(Double.self, forKey: .retryAfter)
        }
    }

    /// Reads an entry; whatever it lacks is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message = OAuthRefusal.printable((try? container.decode(String.self, forKey: .message)) ?? "", limit: 4_000)
        let extensions = try? container.decodeIfPresent(Extensions.self, forKey: .extensions)
        code = extensions?.code
        requiredScopes = extensions?.requiredScopes ?? []
        window = extensions?.window
        retryAfter = extensions?.retryAfter.flatMap { (0...1e9).contains($0) ? .seconds($0) : nil }
        path = (try? container.decodeIfPresent([PathPart].self, forKey: .path)) ?? []
        locations = (try? container.decodeIfPresent([Location].self, forKey: .locations)) ?? []
    }
}

extension GraphQLErrorEntry.PathPart: Decodable {
    /// Reads a name or a number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .index(number)
        } else {
            self = .field(try container.decode(String.self))
        }
    }
}
