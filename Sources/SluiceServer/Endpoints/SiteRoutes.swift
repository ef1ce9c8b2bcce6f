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

    func routes() throws -> Routes {
        var routes = Routes()
        let graphQL = try GraphQLEndpoint(authority: authority, api: api, origins: origins)
        addAuth(to: &routes.auth, site)
        addSignIn(to: &routes.auth, site)
        if origins.app != origins.auth { addSignIn(to: &routes.app, site) }
        addSettings(to: &routes.app, site)
        addOrganizations(to: &routes.app, site)
        addChannels(to: &routes.app, site)
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

    private func addOrganizations(to table: inout RouteTable, _ site: Site) {
        let organizations = OrganizationEndpoints(site: site)
        table.on(.get, "/settings/organizations", organizations.list)
        table.on(.post, "/settings/organizations", organizations.create)
        table.on(.get, "/settings/organizations/new", organizations.new)
        table.on(.get, "/settings/organizations/{id}", organizations.get)
        table.on(.post, "/settings/organizations/{id}/rename", organizations.rename)
        table.on(.post, "/settings/organizations/{id}/transfer", organizations.transfer)
        table.on(.post, "/settings/organizations/{id}/leave", organizations.leave)
        let delete = OrganizationDeleteEndpoint(site: site)
        table.on(.get, "/settings/organizations/{id}/delete", delete.get)
        table.on(.post, "/settings/organizations/{id}/delete", delete.post)
        let members = OrganizationMemberEndpoints(site: site)
        table.on(.post, "/settings/organizations/{id}/members/{account_id}/role", members.changeRole)
        table.on(.post, "/settings/organizations/{id}/members/{account_id}/remove", members.remove)
        let invitations = OrganizationInvitationEndpoints(site: site)
        table.on(.post, "/settings/organizations/{id}/invitations", invitations.invite)
        table.on(.post, "/settings/organizations/{id}/invitations/{invitation_id}/withdraw", invitations.withdraw)
        let invitation = InvitationEndpoint(site: site)
        table.on(.get, "/invitations/{secret}", invitation.get)
        table.on(.post, "/invitations/{secret}", invitation.post)
    }

    private func addChannels(to table: inout RouteTable, _ site: Site) {
        let organization = "/settings/organizations/{id}"
        let channels = "\(organization)/channels"
        let list = ChannelListEndpoints(site: site)
        table.on(.get, "/settings/channels", list.choose)
        table.on(.get, channels, list.list)
        table.on(.post, channels, list.add)
        table.on(.get, "\(channels)/new", list.new)
        let channel = ChannelEndpoints(site: site)
        table.on(.get, "\(channels)/{channel}", channel.get)
        table.on(.post, "\(channels)/{channel}", channel.save)
        table.on(.post, "\(channels)/{channel}/schedule", channel.setSchedule)
        table.on(.post, "\(channels)/{channel}/pause", channel.pause)
        table.on(.post, "\(channels)/{channel}/resume", channel.resume)
        table.on(.post, "\(channels)/{channel}/remove", channel.remove)
        let queue = QueueEndpoints(site: site)
        table.on(.get, "\(channels)/{channel}/queue", queue.get)
        for step in QueueEndpoints.Step.allCases {
            table.on(.post, "\(organization)/posts/{post}/\(step.rawValue)", queue.act(step))
        }
        let outbox = OutboxEndpoints(site: site)
        table.on(.get, "\(channels)/{channel}/outbox", outbox.ofChannel)
        table.on(.get, "\(organization)/outbox", outbox.all)
        let tags = TagEndpoints(site: site)
        table.on(.get, "\(organization)/tags", tags.get)
        table.on(.post, "\(organization)/tags", tags.add)
        table.on(.post, "\(organization)/tags/{tag}", tags.save)
        table.on(.post, "\(organization)/tags/{tag}/remove", tags.remove)
    }

    private func addAPI(to routes: inout Routes, _ graphQL: GraphQLEndpoint) {
        for path in ["/", "/graphql"] {
            routes.api.on(.post, path, graphQL.post)
            // A home page that shares the origin has the browsers' `/`, and hands on what is none.
            if path != "/" || origins.app != origins.api { routes.api.on(.get, path, graphQL.get) }
        }
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
            request.acceptsHTML ? try await home.get(request, context) : try await graphQL.get(request, context)
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
