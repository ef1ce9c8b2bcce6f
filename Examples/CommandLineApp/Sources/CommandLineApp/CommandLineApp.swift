import Foundation
import SluiceClient
import SluiceHTTPTransport

/// A command line that acts for whoever signed in: `sign-in`, `whoami`, `sign-out`.
@main
struct CommandLineApp {
    static func main() async {
        do {
            let settings = try Settings(ProcessInfo.processInfo.environment)
            let endpoints = try await settings.endpoints()
            let client = OAuthClient(
                server: endpoints.authorizationServer, registration: .publicClient(settings.clientID),
                transport: AsyncHTTPTransport.shared)
            let tokens = TokenSource(client: client, storage: FileTokenStorage(path: settings.tokenFile))
            switch CommandLine.arguments.dropFirst().first {
            case "sign-in":
                try await SignIn(client: client, tokens: tokens).run()
                print("Signed in as \(try await whoAmI(endpoints, tokens)).")
            case "whoami": print(try await whoAmI(endpoints, tokens))
            case "sign-out":
                try await tokens.signOut()
                print("Signed out.")
            default: throw Complaint("Usage: CommandLineApp sign-in | whoami | sign-out")
            }
        } catch {
            FileHandle.standardError.write(Data("error: \(words(for: error))\n".utf8))
            exit(1)
        }
    }

    /// Asks the API. The token source refreshes the access token when that is due, before the request or after a 401.
    private static func whoAmI(_ endpoints: Endpoints, _ tokens: TokenSource) async throws -> String {
        struct Me: Decodable, Sendable {
            struct Account: Decodable, Sendable { var email: String }
            var account: Account
        }
        let api = GraphQLClient(endpoint: endpoints.apiURL, credential: .tokens(tokens), transport: AsyncHTTPTransport.shared)
        return try await api.send("{ account { email } }", as: Me.self).get().account.email
    }
}
