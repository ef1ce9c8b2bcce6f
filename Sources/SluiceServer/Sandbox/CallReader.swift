import HTTPTypes
import Hummingbird
import NIOCore
import SluiceAPI
import SluiceAuthority
import SluiceOAuth

/// Finds out what a request is about without changing anything: no use is noted, no attempt counted.
struct CallReader: Sendable {
    let authority: Authority
    let api: API
    let clock: SandboxClock

    /// The request with its body read, and what is known of it.
    /// - Throws: `Problem`, where the handler would have met it too.
    func read(
        _ request: Request, at target: CallTarget, _ family: RouteFamily, _ context: SluiceContext
    ) async throws -> (request: Request, facts: Call.Facts) {
        let isForm = family == .oauth
        if target == .api, request.method != .post { return (request, await facts(ofQueryIn: request)) }
        guard request.method == .post, isForm || target == .api else { return (request, Call.Facts()) }
        let body = try await request.wholeBody(
            upTo: isForm ? context.limits.formInBytes : context.limits.apiInBytes, context)
        var facts = Call.Facts()
        if isForm {
            if request.hasContentType("application/x-www-form-urlencoded"),
                let form = try? SluiceOAuth.Parameters(formEncoded: body.readableBytesView)
            {
                facts = await self.facts(form, authorization: request.headers[.authorization])
            }
        } else {
            await look(at: request, &facts)
            facts.note(api.operation(json: body.readableBytesView))
        }
        return (Request(head: request.head, body: RequestBody(buffer: body)), facts)
    }

    private func facts(ofQueryIn request: Request) async -> Call.Facts {
        var facts = Call.Facts()
        await look(at: request, &facts)
        if let url = try? API.URLQuery(request) { facts.note(api.operation(url)) }
        return facts
    }

    private func facts(_ form: SluiceOAuth.Parameters, authorization: String?) async -> Call.Facts {
        func value(_ name: String) -> String? { (try? form.value(name)) ?? nil }
        var facts = Call.Facts()
        facts.clientID = (try? ClientCredentials(authorization: authorization, form)).flatMap { ClientID($0.clientID) }
        facts.grantType = value("grant_type").flatMap { GrantType(rawValue: $0) }
        if let credential = value("code") ?? value("refresh_token") ?? value("token") {
            facts.grantID = (try? await authority.grants.grant(of: credential)) ?? nil
        }
        return facts
    }

    private func look(at request: Request, _ facts: inout Call.Facts) async {
        guard let credential = (try? BearerCredential.parse(request.headers[values: .authorization])) ?? nil,
            let bearer = try? await authority.bearers.verify(credential, now: clock.now)
        else { return }
        switch bearer.source {
        case .apiKey(let id): facts.keyID = id
        case .accessToken(let grant, let client, _): (facts.grantID, facts.clientID) = (grant, client)
        }
    }
}

extension Call.Facts {
    fileprivate mutating func note(_ operation: (kind: String, name: String?)?) {
        operationKind = operation?.kind
        operationName = operation?.name.map { String($0.prefix(Self.nameLimit)) }
    }
}
