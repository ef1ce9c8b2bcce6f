import SluiceClient
import SluiceHTTPTransport

/// What the environment says.
struct Settings {
    let clientID: String
    let clientSecret: String
    /// As it is registered, byte for byte; of a loopback address the port is free.
    let redirectURI: String
    let port: Int
    private let apiURL: String?

    init(_ environment: [String: String]) throws {
        guard let clientID = environment["BUFFER_CLIENT_ID"], let secret = environment["BUFFER_CLIENT_SECRET"], !secret.isEmpty
        else {
            throw Complaint("Set BUFFER_CLIENT_ID and BUFFER_CLIENT_SECRET to those of your app.")
        }
        self.clientID = clientID
        clientSecret = secret
        port = environment["PORT"].flatMap { Int($0) } ?? 5000
        redirectURI = (environment["WEB_APP_URL"] ?? "http://127.0.0.1:\(port)") + "/callback"
        apiURL = environment["BUFFER_API_URL"]
    }

    /// Buffer, or whatever deployment answers at `BUFFER_API_URL`.
    func endpoints() async throws -> Endpoints {
        guard let apiURL else { return .buffer }
        return try await Endpoints.discover(at: apiURL, over: AsyncHTTPTransport.shared)
    }
}
