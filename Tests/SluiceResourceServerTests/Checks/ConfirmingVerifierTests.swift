import Foundation
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Testing

@Suite("Tokens checked offline and confirmed by the server")
struct ConfirmingVerifierTests {
    private let clock = TestClock()
    private let issuer: Issuer
    private let keys: KeyHost
    private let host = IntrospectionHost()
    private typealias Host = IntrospectionHost

    init() throws {
        issuer = try Issuer(clock: clock)
        keys = KeyHost(.keys([issuer.key]))
    }

    private func verifier(_ url: String) throws -> ConfirmingVerifier {
        ConfirmingVerifier(try issuer.verifier(keys), confirmedBy: try Host.introspection(url, clock: clock))
    }

    @Test func `a revoked token passes offline and is refused here, within the stated span`() async throws {
        let token = try issuer.token()
        host.know(token, Host.active())
        try await withLiveServer(host.router) { url in
            let verifier = try verifier(url)
            #expect(await refusal(verifier, token) == nil)
            host.know(token, nil)
            clock.advance(30)
            #expect(await refusal(verifier, token) == .invalid(.inactive))
            #expect(await refusal(try issuer.verifier(keys), token) == nil, "offline it is good until it expires")
        }
    }

    @Test func `forged, foreign and expired tokens cost no question`() async throws {
        let tokens = [
            try issuer.token(with: try SigningKey.generate(.es256)), try issuer.token(audience: ["https://other.example"]),
            try issuer.token(issuedAt: clock.now.addingTimeInterval(-7200)), "opaque",
        ]
        for token in tokens { host.know(token, Host.active()) }
        try await withLiveServer(host.router) { url in
            let verifier = try verifier(url)
            for token in tokens { #expect(await refusal(verifier, token) != nil) }
        }
        #expect(host.questions.isEmpty)
    }

    @Test func `what the server says can narrow a token and never widen it`() async throws {
        let token = try issuer.token(scopes: "posts:read account:read")
        host.know(token, Host.active(["scope": #""posts:read posts:write""#, "sub": nil, "client_id": nil, "token_type": nil]))
        let bearer = try await withLiveServer(host.router) { try await verifier($0).check(token) }
        #expect(bearer.scopes == Scopes("posts:read"))
        #expect(bearer.accountID == "ada")
    }

    @Test(arguments: [
        (["sub": #""eve""#], BearerRefusal.Misfit.contradiction), (["client_id": #""other""#], .contradiction),
        (["iss": #""https://evil.example""#], .issuer), (["aud": #""https://other.example""#], .audience),
        (["cnf": #"{"jkt":"x"}"#], .boundToKey),
    ])
    func `a server that contradicts the token is not believed`(
        changes: [String: String?], misfit: BearerRefusal.Misfit
    ) async throws {
        let token = try issuer.token()
        host.know(token, Host.active(changes))
        try await withLiveServer(host.router) { url in
            let verifier = try verifier(url)
            #expect(await refusal(verifier, token) == .invalid(.unfit(misfit)))
        }
    }

    @Test func `while the server cannot be asked nobody is let in`() async throws {
        let verifier = try verifier(try await deadURL())
        #expect(await refusal(verifier, try issuer.token())?.isUnavailable == true)
    }
}
