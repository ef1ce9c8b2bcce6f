package import HTTPTypes

/// Which web pages of other origins may read a route's answers. Credentials of the browser (cookies) are never among them.
package enum CrossOrigin: Sendable, Hashable {
    /// None.
    case none
    /// All: what a single-page client needs of the token endpoint, the keys and the discovery documents.
    case anyOrigin
    /// Those that the operator listed for the API.
    case allowList
}

/// The API's rule for web pages of other origins: off, unless the operator lists origins, and even then for access
/// tokens alone. An API key belongs into no web page, so an answer to one stays unreadable there.
package struct APICrossOrigin: Sendable {
    /// As browsers write them: `https://app.example`, without a slash at the end.
    package let allowedOrigins: Set<String>
    /// Whether the answer to this request may be read by a page of an allowed origin.
    package let mayExpose: @Sendable (HTTPFields) -> Bool

    /// - Parameter mayExpose: By default, whether the request presents something else than an API key.
    package init(
        allowedOrigins: Set<String>,
        mayExpose: @escaping @Sendable (HTTPFields) -> Bool = APICrossOrigin.presentsNoAPIKey
    ) {
        self.allowedOrigins = allowedOrigins
        self.mayExpose = mayExpose
    }

    /// No origin is allowed.
    package static let off = APICrossOrigin(allowedOrigins: [])

    /// Whether no `Authorization` field of the request holds an API key.
    @Sendable package static func presentsNoAPIKey(_ headers: HTTPFields) -> Bool {
        headers[values: .authorization].allSatisfy { value in
            !value.split(separator: " ").contains { $0.hasPrefix("buf_") }
        }
    }
}
