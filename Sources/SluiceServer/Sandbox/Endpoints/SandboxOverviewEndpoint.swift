import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `GET /sandbox/`: what there is, for programs and for people.
struct SandboxOverviewEndpoint: Sendable {
    let sandbox: Sandbox
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let posts = try await SandboxPosts(SandboxChannels(names: sandbox.names, posting: site.posting))
        guard request.acceptsHTML else { return Answer.json(try json(posts)) }
        let visit = try await site.visit(request, context)
        return try site.show(SandboxPage(sandbox, apiURL: site.origins.api.text, posts), to: visit)
    }

    private func json(_ posts: SandboxPosts) throws -> String {
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
            "organizations",
            json: names.organizations.map { organization in
                var json = JSONText()
                json.add("name", organization.name)
                json.add("id", organization.id.text)
                return json.text
            })
        json.add(
            "channels",
            json: posts.channels.map { channel in
                var json = JSONText()
                json.add("name", channel.name)
                json.add("service", channel.service.rawValue)
                json.add("id", channel.id.text)
                json.add("organization_id", channel.organization.text)
                json.add("time_zone", channel.timeZone)
                json.add("paused", channel.isQueuePaused)
                return json.text
            })
        json.add(
            "upcoming",
            json: posts.upcoming.map { post in
                var json = JSONText()
                json.add("post_id", post.id.text)
                json.add("channel_id", post.channelID.text)
                json.add("due_at", optional: post.dueAt.map(Timestamp.text))
                json.add("text", post.text)
                return json.text
            })
        json.add("outbox", json: try posts.outbox.map { try SandboxOutboxEndpoint.json($0) })
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
