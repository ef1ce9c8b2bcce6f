import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `POST /token`. Source: RFC 6749 §3.2.
struct TokenEndpoint: Sendable {
    let authority: Authority

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let (form, client, trace) = try await ClientForm(authority).read(request, context)
        let tokens = try await authority.grants.exchange(TokenRequest(form), for: client, trace: trace)
        return Answer.oauthJSON(tokens.json)  // §5.1
    }
}

/// `POST /token/revocation`. Source: RFC 7009 §2.
struct RevocationEndpoint: Sendable {
    let authority: Authority

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let (form, client, trace) = try await ClientForm(authority).read(request, context)
        try await authority.grants.revoke(RevocationRequest(form), for: client, trace: trace)
        // §2.2: the same answer for a live, a dead, an unknown and somebody else's token.
        return Answer.empty(.ok, headers: [.pragma: "no-cache"])
    }
}

/// What the endpoints for clients begin with: one form, one authenticated client.
struct ClientForm: Sendable {
    private let authority: Authority

    init(_ authority: Authority) { self.authority = authority }

    func read(
        _ request: Request, _ context: SluiceContext
    ) async throws -> (form: SluiceOAuth.Parameters, client: Client, trace: RequestTrace) {
        let body = try await request.formBody(context)
        let form = try SluiceOAuth.Parameters(formEncoded: body.readableBytesView)
        let trace = RequestTrace(
            address: context.remoteAddress, userAgent: request.headers[.userAgent] ?? "-", requestID: context.requestID)
        let header = request.headers[.authorization]
        do {
            let credentials = try ClientCredentials(authorization: header, form)
            return (form, try await authority.clients.authenticate(credentials, trace: trace), trace)
        } catch let error as OAuthError where error.code == .invalidClient && header != nil {
            // RFC 6749 §5.2, RFC 9110 §15.5.2: whoever tried the header, in whatever scheme, is told which one works.
            throw Problem(
                .unauthorized, code: error.code.rawValue, ourWords: error.summary,
                headers: [.wwwAuthenticate: "Basic realm=\"Sluice\", charset=\"UTF-8\""], detail: error.detail)
        }
    }
}
