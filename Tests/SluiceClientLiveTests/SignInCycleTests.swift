import Foundation
import SluiceAuthority
import SluiceClient
import SluiceHTTPTransport
import SluiceOAuth
import Testing

@Suite("The SDK against a live server: the whole cycle of Buffer's guide")
struct SignInCycleTests {
    private struct Me: Decodable, Sendable {
        struct Account: Decodable, Sendable { var id, email: String }
        var account: Account
    }

    @Test(arguments: [Client.Kind.public, .confidential])
    func `sign in, call, expire, refresh, reuse is theft, sign in again`(kind: Client.Kind) async throws {
        try await LiveServer.run { server in
            let app = try await server.app(kind)
            #expect(app.isConfidential == (kind == .confidential))
            let client = server.client(app)
            let first = try await server.tokens(app)
            #expect(first.accessToken.hasPrefix("eyJ") && first.refreshToken?.hasPrefix("v1.") == true)
            #expect(first.scopes == Scopes("account:read posts:read offline_access"))

            let storage = MemoryTokenStorage()
            let source = TokenSource(client: client, storage: storage)
            try await source.signIn(with: first)
            let api = server.api(.tokens(source))
            let me = try await api.send("{ account { id email } }", as: Me.self).get()
            #expect(me.account.email == "ada@example.com" && me.account.id == server.account.id.text)

            server.clock.advance(4000)
            #expect(try await api.send("{ account { id email } }", as: Me.self).get().account.id == me.account.id)
            let second = try #require(try await storage.load()?.tokens)
            #expect(second.accessToken != first.accessToken && second.refreshToken != first.refreshToken)
            #expect(server.counts[.refreshed] == 1)

            // A thief presents the first refresh token: everything of the grant ends, and the source says so.
            await #expect(throws: OAuthRequestError.self) {
                try await client.refresh(first.refreshToken!, granted: first.scopes)
            }
            await #expect(
                throws: GraphQLFailure.token(
                    .signInAgain(.refused(code: "invalid_grant", text: "The refresh token is not valid.")))
            ) {
                try await api.send("{ account { id email } }", as: Me.self)
            }

            try await source.signIn(with: try await server.tokens(app))
            #expect(try await api.send("{ account { id email } }", as: Me.self).get().account.id == me.account.id)
        }
    }

    @Test func `fifty concurrent callers on an expired token cause exactly one refresh at the server`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.public)
            let source = TokenSource(client: server.client(app), storage: MemoryTokenStorage())
            try await source.signIn(with: try await server.tokens(app))
            server.clock.advance(4000)
            let api = server.api(.tokens(source))
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { try await api.send("{ account { id email } }", as: Me.self).get().account.id } }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(ids == Array(repeating: server.account.id.text, count: 50))
            #expect(server.counts[.refreshed] == 1)
            #expect(server.counts[.refreshRefused] == 0)
        }
    }

    @Test func `fifty concurrent callers whose token was cut off ask for one refresh and all hear the truth`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.public)
            let source = TokenSource(client: server.client(app), storage: MemoryTokenStorage())
            try await source.signIn(with: try await server.tokens(app))
            let grants = try await server.authority.grants.list(
                account: server.account.id, client: nil, SliceRequest(limit: 10, after: nil))
            let grant = try #require(grants.elements.first)
            #expect(try await server.authority.grants.revoke(grant.id, of: server.account.id, trace: .commandLine))
            let api = server.api(.tokens(source))
            let refused = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            _ = try await api.send("{ account { id email } }", as: Me.self)
                            return false
                        } catch GraphQLFailure.token(.signInAgain) {
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 50)
            #expect(server.counts[.refreshRefused] == 1)
        }
    }

    @Test func `signing out ends the grant at the server`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.confidential)
            let tokens = try await server.tokens(app)
            let source = TokenSource(client: server.client(app), storage: MemoryTokenStorage())
            try await source.signIn(with: tokens)
            #expect(try await source.signOut())
            await #expect(throws: GraphQLFailure.unauthenticated) {
                try await server.api(.accessToken(tokens.accessToken)).send("{ account { id email } }", as: Me.self)
            }
            #expect(server.counts[.grantRevoked(.byClient)] == 1)
        }
    }

    @Test func `an API key is a credential, and a missing scope names itself`() async throws {
        try await LiveServer.run { server in
            let all = try await server.authority.keys.create(
                for: server.account.id, name: "all", scopes: nil, expiresAt: nil, formID: nil, trace: .commandLine)
            let me = try await server.api(.apiKey(all.key.text)).send("{ account { id email } }", as: Me.self).get()
            #expect(me.account.email == "ada@example.com")

            let narrow = try await server.authority.keys.create(
                for: server.account.id, name: "narrow", scopes: Scopes("posts:read"), expiresAt: nil, formID: nil,
                trace: .commandLine)
            let answer = try await server.api(.apiKey(narrow.key.text)).raw("{ account { id email } }")
            #expect(answer.errors.first?.code == "FORBIDDEN")
            #expect(answer.errors.first?.requiredScopes == ["account:read"])

            let invalid = try await server.api(.apiKey(all.key.text)).raw("{ nothing }")
            #expect(invalid.status == 400)
            #expect(invalid.errors.first?.code == "GRAPHQL_VALIDATION_FAILED")
            await #expect(throws: GraphQLFailure.unauthenticated) {
                try await server.api(.apiKey(all.key.text + "x")).raw("{ account { id } }")
            }
        }
    }

    @Test func `a wrong secret is refused, the refresh token stays, and the right secret goes on`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.confidential)
            let storage = MemoryTokenStorage()
            let right = TokenSource(client: server.client(app), storage: storage)
            try await right.signIn(with: try await server.tokens(app))
            server.clock.advance(4000)
            let wrongApp = ClientRegistration.confidentialClient(app.clientID, secret: "sls_wrong")
            let error = await #expect(throws: TokenError.self) {
                try await TokenSource(client: server.client(wrongApp), storage: storage).accessToken()
            }
            guard case .notRefreshed(.refused(let refusal))? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.code == "invalid_client" && refusal.status == 401)
            #expect(try await right.accessToken().hasPrefix("eyJ"))
        }
    }

    @Test func `a callback of a user who denied, and one that was forged, bring no tokens`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.public)
            let session = server.session(app)
            let denial = AuthorizationResponse.failure(
                redirectURI: session.redirectURI, error: OAuthError(.accessDenied, "The user denied the request."),
                state: session.state, issuer: server.url)
            let error = await #expect(throws: AuthorizationError.self) {
                try await session.handle(callback: denial, with: server.client(app))
            }
            guard case .denied? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            // Somebody else's callback, good in itself, in this user's browser (RFC 6749 §10.12).
            let other = try await server.allow(server.session(app))
            await #expect(throws: AuthorizationError.forgedState) {
                try await session.handle(callback: other, with: server.client(app))
            }
            #expect(server.counts[.codeExchanged] == 0)
        }
    }

    @Test func `a code that was used before is worth nothing to the SDK either`() async throws {
        try await LiveServer.run { server in
            let app = try await server.app(.public)
            let session = server.session(app)
            let callback = try await server.allow(session)
            _ = try await session.handle(callback: callback, with: server.client(app))
            let error = await #expect(throws: AuthorizationError.self) {
                try await session.handle(callback: callback, with: server.client(app))
            }
            guard case .exchange(.refused(let refusal))? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.isInvalidGrant)
        }
    }
}
