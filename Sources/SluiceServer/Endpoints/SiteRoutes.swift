import Foundation
import Hummingbird
import SluiceAPI
import SluiceAuthority

/// Every address of the server, and what answers it.
struct SiteRoutes: Sendable {
    let site: Site
    let api: API
    let metrics: Metrics
    let now: @Sendable () -> Date
    let sandbox: Sandbox?

    private var authority: Authority { site.authority }
    private var origins: Origins { site.origins }

    func routes() -> Routes {
        var routes = Routes()
        let graphQL = GraphQLEndpoint(authority: authority, api: api, origins: origins)
        addAuth(to: &routes.auth, site)
        addSignIn(to: &routes.auth, site)
        if origins.app != origins.auth { addSignIn(to: &routes.app, site) }
        addSettings(to: &routes.app, site)
        addAPI(to: &routes, graphQL)
        addHome(to: &routes.app, site, graphQL)
        if let sandbox {
            let paths = Set([routes.auth, routes.api, routes.app].flatMap(\.routes).map(\.template))
            SandboxRoutes(sandbox: sandbox, site: site, paths: paths).add(to: &routes.everywhere)
        }
        addOperations(to: &routes.everywhere)
        return routes
    }

    private func addAuth(to table: inout RouteTable, _ site: Site) {
        let authorization = AuthorizationEndpoint(site: site)
        table.on(.get, "/auth", authorization.get)
        table.on(.post, "/auth", authorization.post)
        table.on(.post, "/auth/decision", DecisionEndpoint(site: site).post)
        table.on(
            .post, "/token", family: .oauth, crossOrigin: .anyOrigin, TokenEndpoint(authority: authority).post)
        table.on(
            .post, "/token/revocation", family: .oauth, crossOrigin: .anyOrigin,
            RevocationEndpoint(authority: authority).post)
        let discovery = DiscoveryEndpoints(authority: authority, origins: origins)
        table.on(.get, "/jwks", family: .oauth, crossOrigin: .anyOrigin) { discovery.keys($0, $1) }
        table.on(.get, "/.well-known/oauth-authorization-server", family: .oauth, crossOrigin: .anyOrigin) {
            discovery.oauthServer($0, $1)
        }
        table.on(.get, "/.well-known/openid-configuration", family: .oauth, crossOrigin: .anyOrigin) {
            discovery.openID($0, $1)
        }
    }

    private func addSignIn(to table: inout RouteTable, _ site: Site) {
        let signIn = SignInEndpoint(site: site)
        table.on(.get, "/sign-in", signIn.get)
        table.on(.post, "/sign-in", signIn.post)
        let signUp = SignUpEndpoint(
            site: site,
            throttle: Throttle(free: 200, firstWait: .seconds(1), longestWait: .seconds(30), memory: .seconds(900)),
            now: now)
        table.on(.get, "/sign-up", signUp.get)
        table.on(.post, "/sign-up", signUp.post)
        table.on(.post, "/sign-out", SignOutEndpoint(site: site).post)
    }

    private func addSettings(to table: inout RouteTable, _ site: Site) {
        let settings = SettingsEndpoint(site: site)
        table.on(.get, "/settings", settings.get)
        table.on(.post, "/settings/profile", settings.saveProfile)
        table.on(.post, "/settings/password", settings.changePassword)
        table.on(.post, "/settings/sessions/end-others", settings.endOtherSessions)
        table.on(.post, "/settings/sessions/{id}/end", settings.endSession)
        table.on(.get, "/settings/security-log", SecurityLogEndpoint(site: site).get)
        let close = CloseAccountEndpoint(site: site)
        table.on(.get, "/settings/close", close.get)
        table.on(.post, "/settings/close", close.post)
        table.on(.get, "/settings/api", APISettingsEndpoint(site: site, now: now).get)
        let keys = KeyEndpoints(site: site, now: now)
        table.on(.get, "/settings/api/keys/new", keys.new)
        table.on(.post, "/settings/api/keys", keys.create)
        table.on(.get, "/settings/api/keys/{id}", keys.get)
        table.on(.post, "/settings/api/keys/{id}/rename", keys.rename)
        table.on(.post, "/settings/api/keys/{id}/rotate", keys.rotate)
        table.on(.post, "/settings/api/keys/{id}/revoke", keys.revoke)
        let clients = ClientEndpoints(site: site, now: now)
        table.on(.get, "/settings/api/clients/new", clients.new)
        table.on(.post, "/settings/api/clients", clients.register)
        table.on(.get, "/settings/api/clients/{id}", clients.get)
        table.on(.post, "/settings/api/clients/{id}", clients.save)
        table.on(.post, "/settings/api/clients/{id}/rotate-secret", clients.rotateSecret)
        table.on(.post, "/settings/api/clients/{id}/delete", clients.delete)
        let apps = ConnectedAppEndpoints(site: site)
        table.on(.get, "/settings/api/apps/{client_id}", apps.get)
        table.on(.post, "/settings/api/apps/{client_id}/revoke", apps.revoke)
        table.on(.post, "/settings/api/grants/{id}/revoke", apps.revokeGrant)
    }

    private func addAPI(to routes: inout Routes, _ graphQL: GraphQLEndpoint) {
        routes.api.on(.post, "/", graphQL.post)
        routes.api.on(.post, "/graphql", graphQL.post)
        let discovery = DiscoveryEndpoints(authority: authority, origins: origins)
        routes.api.on(
            .get, "/.well-known/oauth-protected-resource", family: .oauth, crossOrigin: .anyOrigin
        ) { discovery.protectedResource($0, $1) }
        routes.unmatchedAPI = graphQL.unmatched
    }

    /// The API's root is also where a person lands who opens the printed address.
    private func addHome(to table: inout RouteTable, _ site: Site, _ graphQL: GraphQLEndpoint) {
        let home = HomeEndpoint(site: site)
        guard origins.app == origins.api else {
            table.on(.get, "/", home.get)
            return
        }
        table.on(.get, "/", family: .api) { request, context in
            if request.acceptsHTML { return try await home.get(request, context) }
            var context = context
            context.unmatched = .methodNotAllowed([.post])
            return try await graphQL.unmatched(request, context)
        }
    }

    private func addOperations(to table: inout RouteTable) {
        let health = HealthEndpoints(authority: authority, metrics: metrics)
        table.on(.get, "/healthz") { health.live($0, $1) }
        table.on(.get, "/readyz", health.ready)
        table.on(.get, "/metrics") { health.numbers($0, $1) }
        table.on(.get, "/assets/style.css") { health.style($0, $1) }
    }
}
