/// What the API says about itself to a client that knows only its address.
/// - Source: RFC 9728 §2.
public struct ProtectedResourceMetadata: Sendable {
    /// The identifier of the API, the audience of its tokens.
    public var resource: String
    /// The issuers whose tokens it accepts.
    public var authorizationServers: [String]
    /// The scopes it knows.
    public var scopes: Scopes
    /// How it may be called, for people.
    public var name: String?
    /// The documentation for developers.
    public var documentation: String?

    /// An API that takes its bearer in the header alone.
    public init(
        resource: String, authorizationServers: [String], scopes: Scopes, name: String? = nil,
        documentation: String? = nil
    ) {
        self.resource = resource
        self.authorizationServers = authorizationServers
        self.scopes = scopes
        self.name = name
        self.documentation = documentation
    }

    /// The document at `/.well-known/oauth-protected-resource`. It leaves out `offline_access`, which opens nothing at an API.
    public var json: String {
        let members = [
            MetadataMember("resource", .text(resource)),
            MetadataMember("authorization_servers", .list(authorizationServers)),
            MetadataMember("scopes_supported", .list(scopes.filter { $0 != .offlineAccess }.map(\.name))),
            MetadataMember("bearer_methods_supported", .list(["header"])),
            MetadataMember("resource_name", .text(name)),
            MetadataMember("resource_documentation", .text(documentation)),
        ]
        var object = JSONText(capacity: 512)
        for member in members { member.write(to: &object) }
        return object.text
    }
}
