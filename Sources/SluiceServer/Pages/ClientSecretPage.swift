/// A client that was just registered, or its new secret. The only answer that holds the secret.
struct ClientSecretPage: Page {
    static let template = "client_secret"
    static let tab: PageTab? = .api

    var id: String
    var name: String
    var clientID: String
    /// `nil` for a public client: it has none.
    var clientSecret: String?
    var isRotation = false
    /// Set if the secret replaces another: a sentence on how long the old one works.
    var overlap: String?
    var authorizationURL: String
    var tokenURL: String
    var redirectURIs: [String]
    /// Whether a redirect URI names `localhost`, which deserves a warning.
    var namesLocalhost = false

    var title: String { isRotation ? "New client secret" : "App registered" }
    var derived: [String: Any] {
        [
            "clientSecret": clientSecret != nil,
            "clientIDField": ShownSecret(id: "client-id", label: "Client ID", value: clientID, isSecret: false),
            "clientSecretField": clientSecret.map {
                ShownSecret(id: "client-secret", label: "Client secret", value: $0)
            } as Any,
        ]
    }
}
