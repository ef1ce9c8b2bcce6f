import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/sandbox/grants`: what was approved, and ending it.
struct SandboxGrantEndpoint: Sendable {
    let sandbox: Sandbox
    let authority: Authority

    /// At most 200, newest first.
    func get(_: Request, _: SluiceContext) async throws -> Response {
        let grants = try await authority.grants.list(account: nil, client: nil, SliceRequest(limit: 200)).elements
        var json = JSONText()
        json.add("grants", json: grants.map(self.json))
        return Answer.json(json.text)
    }

    func expire(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await end(request, context) { try await authority.grants.expire($0, trace: $1) }
    }

    func revoke(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await end(request, context) { try await authority.grants.revoke($0, trace: $1) }
    }

    private func end(
        _ request: Request, _ context: SluiceContext, _ step: (GrantID, RequestTrace) async throws -> Bool
    ) async throws -> Response {
        // No member is known, but a body is asked for all the same: without one, a page of another origin could send this.
        try await SandboxBody(request, context).finish()
        let id = try id(context)
        let trace = RequestTrace(
            address: context.remoteAddress, userAgent: request.headers[.userAgent] ?? "-", requestID: context.requestID)
        let isDone = try await step(id, trace)
        guard let grant = try await authority.grants.grant(id) else { throw unknown }
        guard isDone else { throw Problem(.conflict, "The grant has ended or was revoked already. Nothing was changed.") }
        return Answer.json(json(grant))
    }

    private func id(_ context: SluiceContext) throws -> GrantID {
        guard let text = context.parameters.get("grant")?.removingPercentEncoding else { throw unknown }
        if let named = sandbox.names.grants.first(where: { $0.name == text }) { return named.id }
        guard let id = GrantID(text) else { throw unknown }
        return id
    }

    private var unknown: Problem {
        let names = sandbox.names.grants.map(\.name).joined(separator: ", ")
        return Problem(
            .notFound, code: "not_found",
            ourWords: "There is no such grant. Name one by its id, which GET /sandbox/grants lists, or by its name in the fixture"
                + (names.isEmpty ? "." : ": \(names)."))
    }

    private func json(_ grant: Grant) -> String {
        var json = JSONText()
        json.add("id", grant.id.text)
        json.add("name", optional: sandbox.names.grants.first { $0.id == grant.id }?.name)
        json.add("account_id", grant.facts.accountID.text)
        json.add("client_id", grant.facts.clientID.text)
        json.add("scopes", grant.facts.scopes.map(\.name))
        json.add("state", state(grant))
        json.add("generation", Int64(grant.generation))
        json.add("approved_at", Timestamp.text(grant.facts.createdAt))
        json.add("last_used_at", optional: grant.lastUsedAt.map(Timestamp.text))
        json.add("revocation", optional: grant.revocation?.rawValue)
        return json.text
    }

    /// The stored state, but for a grant that ran out: a store keeps that as a time alone.
    private func state(_ grant: Grant) -> String {
        let now = sandbox.clock.now
        switch grant.state {
        case .pending: return now < grant.codeExpiresAt ? "pending" : "expired"
        case .active:
            let lifetime = authority.configuration.accessTokenLifetime.inSeconds
            let isUsed = grant.lastUsedAt.map { now.timeIntervalSince($0) < lifetime } ?? false
            return isUsed || (grant.idleExpiresAt.map { now < $0 } ?? false) ? "active" : "expired"
        case .revoked: return "revoked"
        }
    }
}
