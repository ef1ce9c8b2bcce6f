import Foundation
import SluiceClient
import SluiceOAuth

/// How one deployment is reached, and as which app.
struct Profile: Sendable, Equatable {
    /// Which deployment.
    enum Place: Sendable, Equatable {
        /// Buffer's own, whose endpoints are known.
        case buffer
        /// The deployment behind an address, which says itself where its endpoints are.
        case url(String)

        /// For people.
        var text: String {
            switch self {
            case .buffer: Endpoints.buffer.apiURL
            case .url(let url): url
            }
        }
    }

    /// Where a confidential client's secret is. Never the secret itself.
    enum SecretSource: Sendable, Equatable {
        /// A file that its owner alone can read.
        case file(String)
        /// An environment variable.
        case environment(String)
    }

    /// Which deployment.
    var place: Place
    /// The app's `client_id`; `nil` while none was named.
    var clientID: String?
    /// A confidential client's secret; `nil` for a public client.
    var secret: SecretSource?
    /// What `login` asks for; `nil` for the usual.
    var scopes: Scopes?
    /// What discovery found at the last `login`.
    var endpoints: Endpoints?

    init(place: Place, clientID: String? = nil, secret: SecretSource? = nil, scopes: Scopes? = nil, endpoints: Endpoints? = nil) {
        self.place = place
        self.clientID = clientID
        self.secret = secret
        self.scopes = scopes
        self.endpoints = endpoints
    }

    /// Those that need not be added, by name.
    static let builtIn: [ProfileName: Profile] = [
        .buffer: Profile(place: .buffer), .local: Profile(place: .url("http://127.0.0.1:8080")),
    ]

    /// The address in a normal form, `nil` if it is none: http or https with a host, and nothing that would be sent on or lost.
    static func address(_ text: String) -> String? {
        guard text.utf8.count <= 2_048, let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme?.lowercased()), parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil
        else { return nil }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}

extension Profile: Codable {
    private enum Key: String, CodingKey {
        case preset, url, scopes, endpoints
        case clientID = "client_id"
        case secret = "client_secret"
    }

    private enum SecretKey: String, CodingKey {
        case file, environment
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        if let preset = try values.decodeIfPresent(String.self, forKey: .preset) {
            guard preset == ProfileName.buffer.text else {
                throw DecodingError.dataCorruptedError(forKey: .preset, in: values, debugDescription: "unknown preset")
            }
            place = .buffer
        } else {
            guard let url = Self.address(try values.decode(String.self, forKey: .url)) else {
                throw DecodingError.dataCorruptedError(forKey: .url, in: values, debugDescription: "no http or https address")
            }
            place = .url(url)
        }
        clientID = try values.decodeIfPresent(String.self, forKey: .clientID)
        if values.contains(.secret), try !values.decodeNil(forKey: .secret) {
            let source = try values.nestedContainer(keyedBy: SecretKey.self, forKey: .secret)
            if let path = try source.decodeIfPresent(String.self, forKey: .file) {
                secret = .file(path)
            } else {
                secret = .environment(try source.decode(String.self, forKey: .environment))
            }
        }
        if let text = try values.decodeIfPresent(String.self, forKey: .scopes) {
            guard let scopes = Scopes(text) else {
                throw DecodingError.dataCorruptedError(forKey: .scopes, in: values, debugDescription: "no scopes")
            }
            self.scopes = scopes
        }
        endpoints = try values.decodeIfPresent(Endpoints.self, forKey: .endpoints)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch place {
        case .buffer: try values.encode(ProfileName.buffer.text, forKey: .preset)
        case .url(let url): try values.encode(url, forKey: .url)
        }
        try values.encodeIfPresent(clientID, forKey: .clientID)
        if let secret {
            var source = values.nestedContainer(keyedBy: SecretKey.self, forKey: .secret)
            switch secret {
            case .file(let path): try source.encode(path, forKey: .file)
            case .environment(let name): try source.encode(name, forKey: .environment)
            }
        }
        try values.encodeIfPresent(scopes?.text, forKey: .scopes)
        try values.encodeIfPresent(endpoints, forKey: .endpoints)
    }
}
