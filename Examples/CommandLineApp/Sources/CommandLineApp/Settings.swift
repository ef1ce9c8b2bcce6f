import Foundation
import SluiceClient
import SluiceHTTPTransport

/// What the environment says. Nothing here is a secret: an app on somebody's machine cannot keep one.
struct Settings {
    /// The app's `client_id`.
    let clientID: String
    /// Where the tokens are kept.
    let tokenFile: String
    private let apiURL: String?

    init(_ environment: [String: String]) throws {
        guard let clientID = environment["BUFFER_PUBLIC_CLIENT_ID"], !clientID.isEmpty else {
            throw Complaint("Set BUFFER_PUBLIC_CLIENT_ID to the client ID of your app; redirect URI http://127.0.0.1/callback.")
        }
        self.clientID = clientID
        apiURL = environment["BUFFER_API_URL"]
        let home = environment["HOME"] ?? NSHomeDirectory()
        tokenFile = environment["BUFFER_TOKENS"] ?? "\(home)/.local/state/command-line-app/tokens.json"
    }

    /// Buffer, or whatever deployment answers at `BUFFER_API_URL`.
    func endpoints() async throws -> Endpoints {
        guard let apiURL else { return .buffer }
        return try await Endpoints.discover(at: apiURL, over: AsyncHTTPTransport.shared)
    }
}
