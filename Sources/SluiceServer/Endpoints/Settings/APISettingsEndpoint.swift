import Foundation
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /settings/api`: API keys, app clients, connected apps.
struct APISettingsEndpoint: Sendable {
    let site: Site
    let now: @Sendable () -> Date

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let query = try visitor.visit.query()
        let id = visitor.account.id
        async let keys = site.authority.keys.list(of: id, SliceRequest(limit: 50, after: try query.value("keys")))
        async let clients = site.authority.clients.list(
            of: id, SliceRequest(limit: 50, after: try query.value("clients")))
        async let allApps = site.authority.apps.list(of: id)
        let apps = ListPage(try await allApps, after: try query.value("apps")) { $0.client.id.text }
        let page = APIPage(
            apiURL: site.origins.api.text + "/",
            keys: try await keys.elements.map { key in
                APIPage.Key(
                    id: key.id.text, name: key.name.text, hint: key.hint, created: Moment(key.createdAt),
                    lastUsed: key.lastUsedAt.map(Moment.init), expires: key.expiresAt.map(Moment.init),
                    scopes: key.scopes?.map(\.name) ?? [], state: key.isExpired(at: now()) ? "Expired" : nil)
            },
            clients: try await clients.elements.map { client in
                APIPage.Client(
                    id: client.id.text, clientID: client.id.text, name: client.name.text,
                    isConfidential: client.kind == .confidential, created: Moment(client.createdAt),
                    redirectURICount: client.redirectURIs.count)
            },
            apps: apps.elements.map { app in
                APIPage.App(
                    clientID: app.client.id.text, name: app.client.name.text, scopes: app.scopes.map(\.name),
                    firstApproved: Moment(app.firstApprovedAt), lastUsed: app.lastUsedAt.map(Moment.init),
                    approvalCount: app.grants.count)
            },
            moreKeys: try await keys.next.map { "keys=" + PercentEncoding.queryValue($0) },
            moreClients: try await clients.next.map { "clients=" + PercentEncoding.queryValue($0) },
            moreApps: apps.nextQuery("apps"))
        return try site.show(page, to: visitor.visit, notice: Notice(visitor.visit))
    }
}

extension APIKeyRecord {
    /// Prefix and last four characters, to tell keys apart.
    var hint: String { "buf_…\(lastFour)" }

    /// Whether it is refused because it ended.
    func isExpired(at now: Date) -> Bool { expiresAt.map { $0 <= now } ?? false }
}
