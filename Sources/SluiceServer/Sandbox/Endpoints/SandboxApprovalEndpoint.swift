import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `POST /sandbox/approve`: answers an authorization request in a person's place.
struct SandboxApprovalEndpoint: Sendable {
    let sandbox: Sandbox
    let authority: Authority

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        var body = try await SandboxBody(request, context)
        guard let url = try body.text("url") else {
            throw body.wrong("url", "is missing: the authorization URL that the app would open in a browser")
        }
        let named = try body.text("account")
        let decision = try body.word("decision", BrowserlessConsent.Decision.self) ?? .allow
        try body.finish()
        let query = try query(of: url, context)
        let parameters: SluiceOAuth.Parameters
        do { parameters = try SluiceOAuth.Parameters(formEncoded: Array(query.utf8)) } catch {
            throw Problem(.badRequest, code: error.code.rawValue, ourWords: error.summary)
        }
        let account = try await account(named, parameters)
        let trace = RequestTrace(
            address: context.remoteAddress, userAgent: request.headers[.userAgent] ?? "-", requestID: context.requestID)
        let answer: BrowserlessConsent.Answer
        do {
            answer = try await BrowserlessConsent(authority).answer(parameters, as: account, decision, trace: trace)
        } catch let error as Consent.PageError {
            // Where `/auth` shows a page, because there is nobody known to redirect to.
            throw Problem(.badRequest, code: error.error.code.rawValue, ourWords: error.error.summary)
        } catch BrowserlessConsent.Problem.accountNotActive {
            throw Problem(.conflict, "The account is not active, so nobody can sign in to it.")
        } catch BrowserlessConsent.Problem.notAsked {
            throw Problem(
                .conflict,
                """
                Nobody would be asked: an earlier grant of this confidential app covers the request, so the browser is sent on. Add \
                prompt=consent to the request, or revoke or expire the grant first.
                """)
        } catch BrowserlessConsent.Problem.gone {
            throw Problem(.conflict, "The account or the app went away at this moment.")
        }
        return Answer.json(json(answer))
    }

    /// The parameters of the authorization URL, or the text itself if it is a bare query.
    private func query(of url: String, _ context: SluiceContext) throws -> String {
        let whole = url.prefix { $0 != "#" }
        // A bare query holds URLs too, and may hold question marks; but it does not begin like one.
        guard ["http://", "https://", "/"].contains(where: whole.lowercased().hasPrefix) else {
            guard !whole.prefix(while: { $0 != "=" && $0 != "?" }).contains(":") else { throw foreign(context) }
            return String(whole.first == "?" ? whole.dropFirst() : whole)
        }
        let question = whole.firstIndex(of: "?") ?? whole.endIndex
        // An app that still asks the real server would seem to work.
        guard isOurs(String(whole[..<question]), context) else { throw foreign(context) }
        return String(whole[question...].dropFirst())
    }

    private func isOurs(_ address: String, _ context: SluiceContext) -> Bool {
        let path = "/auth"
        guard address.hasSuffix(path) else { return false }
        if address == path { return true }
        let issuer = authority.configuration.issuer
        guard let given = Origin(String(address.dropLast(path.count))), let ours = Origin(issuer) else { return false }
        if given == ours { return true }
        // The other names of this machine.
        return given.scheme == ours.scheme && given.prefix == ours.prefix && given.port == ours.port
            && [given.host, ours.host].allSatisfy { ["127.0.0.1", "localhost", "[::1]"].contains($0) }
    }

    private func foreign(_ context: SluiceContext) -> Problem {
        SandboxBody.refusal(
            "The url is not one of this sandbox's authorization endpoint, \(authority.configuration.issuer)/auth. Does the app "
                + "still name another server?")
    }

    /// Who answers: the one named, the one that the app hints at, or the first of the fixture.
    private func account(_ named: String?, _ parameters: SluiceOAuth.Parameters) async throws -> Account {
        if let named {
            if let account = try await find(named) { return account }
            let known = sandbox.names.accounts.map(\.email.text).joined(separator: ", ")
            throw SandboxBody.refusal("account is none of this sandbox. The fixture made: \(known).")
        }
        if let hint = (try? parameters.value("login_hint")) ?? nil, let account = try await find(hint) { return account }
        guard let first = sandbox.names.accounts.first, let account = try await authority.accounts.account(first.id)
        else { throw SandboxBody.refusal("There is no account in this sandbox.") }
        return account
    }

    private func find(_ text: String) async throws -> Account? {
        if let id = AccountID(text) { return try await authority.accounts.account(id) }
        return try await authority.accounts.account(email: text)
    }

    private func json(_ answer: BrowserlessConsent.Answer) -> String {
        var json = JSONText()
        json.add("redirect_to", answer.location)
        if let code = answer.code { json.add("code", code.text) }
        if let state = answer.state { json.add("state", state) }
        if let error = answer.error {
            json.add("error", error.code.rawValue)
            json.add("error_description", error.summary)
        }
        json.add("iss", authority.configuration.issuer)
        return json.text
    }
}
