public import SluiceOAuth

/// A registered app: its `client_id` and, for a confidential one, its secret.
/// - Source: RFC 6749 §2.1; Buffer's page, "Prerequisites".
public struct ClientRegistration: Sendable, Hashable, SecretHolder {
    /// The `client_id`.
    public let clientID: String
    /// Sent with every token request of a confidential client, and never by a public one.
    let secret: String?

    /// An app that can keep no secret: on phones, desktops, in pages. It proves itself by PKCE alone.
    public static func publicClient(_ clientID: String) -> ClientRegistration {
        ClientRegistration(clientID: clientID, secret: nil)
    }

    /// An app on a server.
    /// - Parameter secret: The `client_secret`. Empty counts as none, which makes the client public: an unset variable must not
    ///   become an empty credential.
    public static func confidentialClient(_ clientID: String, secret: String) -> ClientRegistration {
        ClientRegistration(clientID: clientID, secret: secret.isEmpty ? nil : secret)
    }

    /// Whether it has a secret.
    public var isConfidential: Bool { secret != nil }

    /// The id; the secret stays hidden.
    public var description: String { "ClientRegistration(\(clientID), \(isConfidential ? "confidential" : "public"))" }
}
