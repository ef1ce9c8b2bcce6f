import Foundation
import Hummingbird
import Logging
import SluiceClient
import SluiceHTTPTransport
import SluiceResourceServer

/// A web app that people sign in to with their Buffer or Sluice account, and an API of its own that takes the same access tokens.
@main
struct WebApp {
    static func main() async {
        let logger = Logger(label: "web-app")
        do {
            let settings = try Settings(ProcessInfo.processInfo.environment)
            let router = try await router(settings)
            let application = Application(
                router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: settings.port)),
                logger: logger)
            try await application.runService()
        } catch {
            logger.critical("\(words(for: error))")
            exit(1)
        }
    }

    static func router(_ settings: Settings) async throws -> Router<AppContext> {
        let endpoints = try await settings.endpoints()
        let client = OAuthClient(
            server: endpoints.authorizationServer,
            registration: .confidentialClient(settings.clientID, secret: settings.clientSecret),
            transport: AsyncHTTPTransport.shared)
        let router = Router(context: AppContext.self)
        let visitors = Visitors(isSecure: settings.redirectURI.hasPrefix("https://"))
        SignInRoutes(client: client, visitors: visitors, redirectURI: settings.redirectURI).add(to: router)
        HomeRoutes(apiURL: endpoints.apiURL, visitors: visitors).add(to: router)
        try ReportRoutes(endpoints: endpoints).add(to: router.group("reports"))
        return router
    }
}

/// What a request carries: nothing but the caller, on the routes that ask for a token.
struct AppContext: BearerRequestContext {
    var coreContext: CoreRequestContextStorage
    var bearer: VerifiedBearer?

    init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
}
