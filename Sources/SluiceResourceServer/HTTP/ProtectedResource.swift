public import Hummingbird
public import SluiceOAuth

/// How a service names itself in its challenges, and what it publishes about itself.
/// - Source: RFC 6750 §3; RFC 9728.
public struct ProtectedResource: Sendable {
    /// What is protected, in a word or two for a developer.
    public var realm: String
    /// The document that tells a client which authorization server to go to. With it, challenges carry its address
    /// (`resource_metadata`), and ``addMetadata(to:)`` serves it.
    public var metadata: ProtectedResourceMetadata?

    /// A service.
    public init(realm: String = "API", metadata: ProtectedResourceMetadata? = nil) {
        self.realm = realm
        self.metadata = metadata
    }

    /// Where the document is: the well-known name stands between the host and the path of the resource.
    /// - Source: RFC 9728 §3.1.
    public var metadataURL: String? {
        guard let (origin, path) = place else { return nil }
        return origin + path
    }

    /// Serves the document, to anybody. Add it before the middleware that asks for tokens.
    public func addMetadata(to router: some RouterMethods) {
        guard let metadata, let (_, path) = place else { return }
        let body = ByteBuffer(string: metadata.json)
        router.get(RouterPath(path)) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: body))
        }
    }

    private var place: (origin: String, path: String)? {
        guard let resource = metadata?.resource, let scheme = resource.firstRange(of: "://") else { return nil }
        let rest = resource[scheme.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let end = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        var path = slash < end ? String(rest[slash..<end]) : ""
        if path.hasSuffix("/") { path.removeLast() }
        let origin = resource[..<scheme.upperBound] + rest[..<min(slash, end)]
        return (String(origin), "/.well-known/oauth-protected-resource" + path)
    }

    /// The `WWW-Authenticate` value for a refusal.
    func challenge(_ error: BearerError) -> String {
        switch error {
        case .missing, .malformed(.notBearer): header(nil)
        case .insufficientScope(let scopes): header(error.protocolError, scope: scopes)
        case .malformed, .refused: header(error.protocolError)
        }
    }

    private func header(_ error: OAuthError?, scope: Scopes? = nil) -> String {
        BearerChallenge.header(
            realm: realm, resourceMetadata: metadataURL, error: error?.code, description: error?.summary, scope: scope)
    }
}
