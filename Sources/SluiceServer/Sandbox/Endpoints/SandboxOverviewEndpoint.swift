import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `GET /sandbox/`: what there is, for programs and for people.
struct SandboxOverviewEndpoint: Sendable {
    let sandbox: Sandbox
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        guard request.acceptsHTML else { return Answer.json(json) }
        let visit = try await site.visit(request, context)
        return try site.show(SandboxPage(sandbox, apiURL: site.origins.api.text), to: visit)
    }

    private var json: String {
        let names = sandbox.names
        var json = JSONText(capacity: 2_048)
        json.add("sandbox", true)
        json.add("auth_url", site.origins.auth.text)
        json.add("api_url", site.origins.api.text)
        json.add("clock", json: SandboxClockEndpoint.json(sandbox.clock))
        json.add(
            "accounts",
            json: names.accounts.map { person in
                var json = JSONText()
                json.add("email", person.email.text)
                json.add("name", person.name.text)
                json.add("id", person.id.text)
                return json.text
            })
        json.add(
            "clients",
            json: names.clients.map { app in
                var json = JSONText()
                json.add("name", app.name)
                json.add("client_id", app.id.text)
                json.add("type", app.kind.rawValue)
                json.add("redirect_uris", app.redirectURIs)
                return json.text
            })
        json.add(
            "grants",
            json: names.grants.map { grant in
                var json = JSONText()
                json.add("name", grant.name)
                json.add("id", grant.id.text)
                return json.text
            })
        json.add("faults", Int64(sandbox.faults.rules.count))
        json.add("calls", Int64(sandbox.calls.view().last))
        json.add("addresses", SandboxRoutes.addresses)
        return json.text
    }
}
