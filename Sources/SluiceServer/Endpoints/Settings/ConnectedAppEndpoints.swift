import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/api/apps/…` and `/settings/api/grants/…`.
struct ConnectedAppEndpoints: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        guard let app = try await site.authority.apps.app(visitor.visit.id("client_id"), of: visitor.account.id) else {
            throw Problem.notFound
        }
        let grants = ListPage(app.grants, after: try visitor.visit.query().value("approvals")) { $0.id.text }
        let page = ConnectedAppPage(
            clientID: app.client.id.text, name: app.client.name.text, description: app.client.description,
            website: app.client.website.flatMap { WebLink($0) }, firstApproved: Moment(app.firstApprovedAt),
            lastUsed: app.lastUsedAt.map(Moment.init),
            scopes: ScopeCatalog.entries.filter { app.scopes.contains($0.scope) }.map { ScopeWords($0.scope.name) },
            grants: grants.elements.map { grant in
                ConnectedAppPage.Grant(
                    id: grant.id.text, approved: Moment(grant.facts.createdAt),
                    lastUsed: grant.lastUsedAt.map(Moment.init),
                    scopes: grant.facts.scopes.map(\.name), address: grant.lastUse?.address,
                    device: grant.lastUse.map { DeviceName($0.userAgent).text })
            },
            moreGrants: grants.nextQuery("approvals"))
        return try site.show(page, to: visitor.visit, notice: Notice(visitor.visit))
    }

    func revoke(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        let count = try await site.authority.apps.revoke(
            visit.id("client_id"), of: visitor.account.id, trace: visit.trace)
        guard count > 0 else { throw Problem.notFound }
        return site.go(to: "/settings/api?done=\(Notice.appRevoked.rawValue)", visit)
    }

    func revokeGrant(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        guard try await site.authority.grants.revoke(visit.id(), of: visitor.account.id, trace: visit.trace) else {
            throw Problem.notFound
        }
        return site.go(to: "/settings/api?done=\(Notice.approvalRevoked.rawValue)", visit)
    }
}
