import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Scopes")
struct ScopeTests {
    /// Requirement, scope, and a word of how the consent page describes it.
    static let seeds: [(requirement: String, scope: String, words: String)] = [
        ("S86", "posts:read", "posts"), ("S87", "posts:write", "posts"), ("S88", "ideas:read", "ideas"),
        ("S89", "ideas:write", "ideas"), ("S90", "account:read", "account"), ("S91", "account:write", "account"),
        ("S92", "offline_access", "access"),
    ]

    /// Every field that is served now, as a query that selects it alone.
    static let fields: [(path: String, document: String)] = [
        ("account.id", "{ account { id } }"), ("account.email", "{ account { email } }"),
        ("account.backupEmail", "{ account { backupEmail } }"), ("account.name", "{ account { name } }"),
        ("account.avatar", "{ account { avatar } }"), ("account.timezone", "{ account { timezone } }"),
        ("account.createdAt", "{ account { createdAt } }"),
        ("account.organizations", "{ account { organizations { id name ownerEmail } } }"),
        (
            "account.connectedApps",
            "{ account { connectedApps { clientId userId name description website createdAt scopes category } } }"
        ),
        ("account.__typename", "{ account { __typename } }"),
    ]

    @Test(arguments: seeds)
    func `S86 S87 S88 S89 S90 S91 S92 each scope is accepted alone, put into words, granted and listed in discovery`(
        requirement: String, scope: String, words: String
    ) async throws {
        let installation = try await Installation()
        let browser = Browser(installation)
        try await browser.signUp()
        var flow = CodeFlow(installation, try await installation.client(of: installation.developer()))
        flow.scope = scope
        #expect(try await browser.open(flow.address()).status == 200, "\(requirement)")
        let known = try #require(Scope(scope))
        #expect(ScopeCatalog.words(for: known) != scope, "\(requirement): the name alone is no description")
        #expect(ScopeCatalog.words(for: known).localizedCaseInsensitiveContains(words), "\(requirement)")
        #expect(browser.page.contains(scope), "\(requirement): the page names it")
        let tokens = try await flow.tokens(in: browser)
        #expect(tokens.scope == scope, "\(requirement)")
        #expect(tokens.claims["scope"] as? String == scope, "\(requirement)")
        #expect((tokens.refresh != nil) == (scope == "offline_access"), "\(requirement)")
        for document in ["oauth-authorization-server", "openid-configuration"] {
            let listed = try await installation.send(.get, "/.well-known/\(document)").json["scopes_supported"]
            #expect((listed as? [String])?.contains(scope) == true, "\(requirement): \(document)")
        }
    }

    @Test(arguments: seeds, fields)
    func `S68 S86 S87 S88 S89 S90 S91 S92 a scope alone opens exactly its own fields to an access token`(
        seed: (requirement: String, scope: String, words: String), field: (path: String, document: String)
    ) async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(scope: seed.scope)
        try await Self.check(installation, connection.access, field, isAllowed: seed.scope == "account:read")
    }

    @Test(arguments: ScopeCatalog.resource.map(\.name), fields)
    func `S86 S87 S88 S89 S90 S91 a scope alone opens exactly its own fields to an API key`(
        scope: String, field: (path: String, document: String)
    ) async throws {
        let installation = try await Installation()
        let key = try await installation.key(for: installation.account(), scopes: scope)
        try await Self.check(installation, key.key.text, field, isAllowed: scope == "account:read")
    }

    @Test(arguments: fields)
    func `S68 everything but account:read opens no field of the account, and a key without scopes opens all`(
        field: (path: String, document: String)
    ) async throws {
        let installation = try await Installation()
        let rest = ScopeCatalog.resource.subtracting(try #require(Scopes("account:read")))
        let connection = try await installation.connect(scope: rest.text)
        try await Self.check(installation, connection.access, field, isAllowed: false)
        let limited = try await installation.key(for: connection.account, scopes: rest.text)
        try await Self.check(installation, limited.key.text, field, isAllowed: false)
        let full = try await installation.key(for: connection.account)
        try await Self.check(installation, full.key.text, field, isAllowed: true)
    }

    private static func check(
        _ installation: Installation, _ bearer: String, _ field: (path: String, document: String), isAllowed: Bool
    ) async throws {
        let answer = try await installation.query(field.document, bearer: bearer)
        #expect(answer.status == 200, "\(field.path): GraphQL's errors of fields are a 200 (D12)")
        if isAllowed {
            #expect(answer.errors.isEmpty && answer.data?["account"] != nil, "\(field.path): \(answer.body)")
            #expect(answer["WWW-Authenticate"] == nil)
            return
        }
        #expect(answer.errors.count == 1)
        let error = try #require(answer.errors.first)
        let extensions = error["extensions"] as? [String: Any]
        #expect(extensions?["code"] as? String == "FORBIDDEN", "\(field.path)")
        #expect(extensions?["requiredScopes"] as? [String] == ["account:read"], "\(field.path)")
        #expect((error["message"] as? String)?.contains("account:read") == true, "the message names the scope")
        #expect(error["path"] as? [String] == ["account"], "\(field.path)")
        #expect(answer.json["data"] is NSNull, "the field is non-null, so its parent, the whole of data, is null")
        let challenge = try #require(answer["WWW-Authenticate"])
        #expect(challenge.hasPrefix("Bearer ") && challenge.contains(#"error="insufficient_scope""#))
        #expect(challenge.contains(#"scope="account:read""#))
    }

    @Test
    func `S68 a field without its scope nulls the answer by GraphQL's rules, and others of the request lose nothing`()
        async throws
    {
        let installation = try await Installation()
        let connection = try await installation.connect(scope: "posts:read")
        let meta = try await installation.query("{ __typename }", bearer: connection.access)
        #expect(meta.status == 200)
        #expect(meta.body == #"{"data":{"__typename":"Query"}}"#)
        let both = try await installation.query(
            "{ __typename one: account { id } two: account { email } }", bearer: connection.access)
        #expect(both.status == 200)
        #expect(both.json["data"] is NSNull)
        let paths = both.errors.compactMap { ($0["path"] as? [String])?.first }
        #expect(!paths.isEmpty && Set(paths).isSubset(of: ["one", "two"]))
        #expect(both["WWW-Authenticate"]?.contains(#"scope="account:read""#) == true, "each scope once")
    }

    @Test func `S90 S91 account:write does not let read, neither from a token nor from a key`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(
            scope: "account:write posts:write ideas:write engagements:write")
        #expect(try await installation.query(bearer: connection.access).graphQLCode == "FORBIDDEN")
        let key = try await installation.key(for: connection.account, scopes: "account:write")
        #expect(try await installation.query(bearer: key.key.text).graphQLCode == "FORBIDDEN")
    }

    @Test func `S92 offline_access opens nothing at the API and no key can carry it`() async throws {
        let installation = try await Installation()
        let connection = try await installation.connect(scope: "offline_access")
        #expect(try await installation.query(bearer: connection.access).graphQLCode == "FORBIDDEN")
        await #expect(throws: APIKeys.Problem.scopeUnknown) {
            try await installation.key(for: connection.account, scopes: "account:read offline_access")
        }
        await #expect(throws: APIKeys.Problem.scopeUnknown) {
            try await installation.key(for: connection.account, scopes: "made:up")
        }
    }
}
