import Foundation
import SluiceClient
import SluiceHTTPTransport

/// What the environment says.
struct Settings {
    /// Where jobs lie.
    let outbox: String
    /// How often to look.
    let interval: Duration
    private let environment: [String: String]

    init(_ environment: [String: String]) throws {
        guard let outbox = environment["OUTBOX"], !outbox.isEmpty else {
            throw Complaint("Set OUTBOX to the folder where jobs lie.")
        }
        self.outbox = outbox
        interval = .seconds(environment["INTERVAL"].flatMap { Int($0) } ?? 30)
        self.environment = environment
    }

    /// Acts by an API key, or by the tokens of somebody who signed in with the command-line app.
    func poster() async throws -> Poster {
        let transport = AsyncHTTPTransport.shared
        if let key = environment["BUFFER_API_KEY"], !key.isEmpty {
            let url = environment["BUFFER_API_URL"] ?? Endpoints.buffer.apiURL
            return Poster(api: GraphQLClient(endpoint: url, credential: .apiKey(key), transport: transport))
        }
        guard let clientID = environment["BUFFER_PUBLIC_CLIENT_ID"], let file = environment["BUFFER_TOKENS"] else {
            throw Complaint("Set BUFFER_API_KEY, or BUFFER_PUBLIC_CLIENT_ID and BUFFER_TOKENS, the file of the command-line app.")
        }
        let endpoints: Endpoints
        if let url = environment["BUFFER_API_URL"] {
            endpoints = try await Endpoints.discover(at: url, over: transport)
        } else {
            endpoints = .buffer
        }
        let client = OAuthClient(
            server: endpoints.authorizationServer, registration: .publicClient(clientID), transport: transport)
        // The file's lock keeps this process and the command-line app from spending one refresh token twice.
        let tokens = TokenSource(client: client, storage: FileTokenStorage(path: file))
        return Poster(api: GraphQLClient(endpoint: endpoints.apiURL, credential: .tokens(tokens), transport: transport))
    }
}
