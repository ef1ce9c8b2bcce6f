import HTTPTypes
import Hummingbird
import SluiceAuthority

/// The addresses below `/sandbox/`. They exist in a sandbox and nowhere else.
struct SandboxRoutes: Sendable {
    let sandbox: Sandbox
    let site: Site
    /// The paths of all other routes.
    let paths: Set<String>

    /// Adds them.
    func add(to table: inout RouteTable) {
        let overview = SandboxOverviewEndpoint(sandbox: sandbox, site: site)
        on(.get, "/sandbox", in: &table, overview.get)
        on(.get, "/sandbox/", in: &table, overview.get)
        on(.post, "/sandbox/approve", in: &table, SandboxApprovalEndpoint(sandbox: sandbox, authority: site.authority).post)
        let clock = SandboxClockEndpoint(clock: sandbox.clock, authority: site.authority, posting: site.posting)
        on(.get, "/sandbox/clock", in: &table) { clock.get($0, $1) }
        on(.post, "/sandbox/clock", in: &table, clock.post)
        let grants = SandboxGrantEndpoint(sandbox: sandbox, authority: site.authority)
        on(.get, "/sandbox/grants", in: &table, grants.get)
        on(.post, "/sandbox/grants/{grant}/expire", in: &table, grants.expire)
        on(.post, "/sandbox/grants/{grant}/revoke", in: &table, grants.revoke)
        let faults = SandboxFaultEndpoint(plan: sandbox.faults, paths: paths)
        on(.get, "/sandbox/faults", in: &table) { faults.get($0, $1) }
        on(.post, "/sandbox/faults", in: &table, faults.post)
        on(.delete, "/sandbox/faults", in: &table) { faults.delete($0, $1) }
        let calls = SandboxCallEndpoint(log: sandbox.calls, paths: paths)
        on(.get, "/sandbox/calls", in: &table, calls.get)
        on(.delete, "/sandbox/calls", in: &table) { calls.delete($0, $1) }
        addPosting(to: &table)
        // Elsewhere a program that asks for an unknown path is told 401 (D1). Here it has mistyped something, and may know.
        for path in ["/sandbox", "/sandbox/{a}", "/sandbox/{a}/{b}", "/sandbox/{a}/{b}/{c}"] {
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                on(method, path, in: &table) { _, _ in
                    throw Problem(
                        .notFound, code: "not_found",
                        ourWords: "The sandbox has: \(Self.addresses.joined(separator: ", ")).")
                }
            }
        }
    }

    private func addPosting(to table: inout RouteTable) {
        let outbox = SandboxOutboxEndpoint(names: sandbox.names, posting: site.posting)
        on(.get, "/sandbox/outbox", in: &table, outbox.get)
        let channels = SandboxChannelEndpoint(channels: SandboxChannels(names: sandbox.names, posting: site.posting))
        on(.post, "/sandbox/channels/{channel}/fault", in: &table, channels.fail)
        on(.delete, "/sandbox/channels/{channel}/fault", in: &table, channels.clear)
        on(.post, "/sandbox/posts/{post}/metrics", in: &table, SandboxMetricsEndpoint(posting: site.posting).post)
    }

    /// What there is, for people.
    static let addresses = [
        "GET /sandbox/", "POST /sandbox/approve", "GET and POST /sandbox/clock", "GET /sandbox/grants",
        "POST /sandbox/grants/{name or id}/expire", "POST /sandbox/grants/{name or id}/revoke",
        "GET, POST and DELETE /sandbox/faults", "GET and DELETE /sandbox/calls", "GET /sandbox/outbox",
        "POST and DELETE /sandbox/channels/{name or id}/fault", "POST /sandbox/posts/{id}/metrics",
    ]

    /// Errors are told as OAuth's are: `{"error", "error_description"}`.
    private func on(
        _ method: HTTPRequest.Method, _ path: String, in table: inout RouteTable, _ handler: @escaping Handler
    ) {
        table.on(method, path, family: .oauth, handler)
    }
}
