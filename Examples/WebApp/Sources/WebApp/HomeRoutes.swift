import Hummingbird
import SluiceClient
import SluiceHTTPTransport

/// The page of whoever signed in.
struct HomeRoutes: Sendable {
    let apiURL: String
    let visitors: Visitors

    func add(to router: Router<AppContext>) {
        router.get { request, _ in await home(request) }
    }

    private func home(_ request: Request) async -> Response {
        guard let tokens = visitors.visitor(request)?.visitor.tokens else { return Page.signedOut }
        do {
            struct Me: Decodable, Sendable {
                struct Account: Decodable, Sendable { var email: String }
                var account: Account
            }
            let api = GraphQLClient(endpoint: apiURL, credential: .tokens(tokens), transport: AsyncHTTPTransport.shared)
            return Page.home(email: try await api.send("{ account { email } }", as: Me.self).get().account.email)
        } catch GraphQLFailure.token(.signInAgain), GraphQLFailure.token(.signedOut), GraphQLFailure.unauthenticated {
            // Revoked, perhaps on the page of connected apps: only the person can mend it.
            return Page.signedOut
        } catch {
            return Page.problem("Your account could not be looked up: \(words(for: error))", status: .badGateway)
        }
    }
}
