/// Where a deployment answers: its authorization server and its API.
public struct Endpoints: Sendable, Hashable, Codable {
    /// The authorization server.
    public var authorizationServer: AuthorizationServer
    /// Where GraphQL requests are posted.
    public var apiURL: String

    /// A deployment.
    public init(authorizationServer: AuthorizationServer, apiURL: String) {
        self.authorizationServer = authorizationServer
        self.apiURL = apiURL
    }

    /// Buffer's own.
    public static let buffer = Endpoints(authorizationServer: .buffer, apiURL: "https://api.buffer.com")

    /// The deployment behind one address, which may be the API's or the authorization server's.
    ///
    /// The API says who issues its tokens (RFC 9728); where it does not, the address is taken for the issuer's and for the API's at
    /// once, which is how Sluice serves everything from one origin.
    /// - Throws: `DiscoveryError`.
    public static func discover(at url: String, over transport: any Transport) async throws(DiscoveryError) -> Endpoints {
        let url = MetadataAddress.withoutSlash(url)
        if let issuer = try await ProtectedResource.issuer(of: url, over: transport) {
            return Endpoints(
                authorizationServer: try await AuthorizationServer.discover(issuer: issuer, over: transport), apiURL: url)
        }
        return Endpoints(authorizationServer: try await AuthorizationServer.discover(issuer: url, over: transport), apiURL: url)
    }
}
