/// The one answer that holds an API key.
struct KeyCreatedPage: Page {
    static let template = "key_created"
    static let tab: PageTab? = .api

    var id: String
    var name: String
    /// The key itself.
    var key: String
    /// The full address of the API.
    var apiURL: String
    /// Set if the key replaces another: a sentence on how long the old one works.
    var overlap: String?
    var isRotation = false

    var title: String { isRotation ? "New API key" : "API key created" }
    var derived: [String: Any] {
        [
            "key": false,
            "secret": ShownSecret(id: "api-key", label: "API key", value: key),
            "curl": Self.curl(key: key, apiURL: apiURL),
        ]
    }

    /// A command that proves the key, ready for a POSIX shell.
    static func curl(key: String, apiURL: String) -> String {
        let url = apiURL.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
        return """
            curl '\(url)' \\
              -H 'Authorization: Bearer \(key)' \\
              -H 'Content-Type: application/json' \\
              -d '{"query":"{ account { id email } }"}'
            """
    }
}
