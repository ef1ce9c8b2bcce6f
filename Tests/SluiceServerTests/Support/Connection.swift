import Foundation
import HTTPTypes
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

/// An app that a person has approved: what most tests of tokens begin with.
struct Connection: Sendable {
    let installation: Installation
    /// The person's browser, signed in.
    let browser: Browser
    /// The person.
    let account: Account
    let flow: CodeFlow
    let tokens: Tokens

    var access: String { tokens.access }
    var refreshToken: String { tokens.refresh ?? "" }
    var clientID: ClientID { flow.client.client.id }

    /// The grant behind the tokens.
    var grantID: GrantID { GrantID(tokens.claims["grant_id"] as? String ?? "") ?? GrantID(random: .system) }

    /// The grant as it is stored now.
    func grant() async throws -> Grant { try #require(try await installation.store.grant(grantID)) }

    /// Approves the same app once more, in the same browser: another device.
    func again() async throws -> Connection {
        Connection(
            installation: installation, browser: browser, account: account, flow: flow,
            tokens: try await flow.tokens(in: browser))
    }

    /// Refreshes, which has to succeed.
    func refreshed(_ token: String? = nil) async throws -> Tokens {
        let response = try await flow.refresh(token ?? refreshToken)
        #expect(response.status == 200, "\(response.body)")
        return Tokens(response)
    }
}

extension Tokens {
    /// What the access token says.
    var claims: [String: Any] { Self.part(1, of: access) }
    /// The access token's header.
    var header: [String: Any] { Self.part(0, of: access) }

    private static func part(_ index: Int, of token: String) -> [String: Any] {
        let parts = token.split(separator: ".")
        guard parts.count == 3, let bytes = Base64URL.decode(parts[index]) else { return [:] }
        return (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    }
}

extension Installation {
    /// The account that owns the apps: somebody else than who uses them.
    func developer() async throws -> Account {
        if let account = try await authority.accounts.account(email: "dev@example.com") { return account }
        return try await account("dev@example.com", name: "Dev")
    }

    /// A person signs up (or in), approves an app and the app gets its tokens.
    /// - Parameter client: The app; by default a new one.
    func connect(
        _ email: String = "ada@example.com", client: Clients.Created? = nil, kind: Client.Kind = .confidential,
        scope: String? = nil, browser: Browser? = nil
    ) async throws -> Connection {
        let browser = browser ?? Browser(self)
        if try await authority.accounts.account(email: email) == nil {
            try await browser.signUp(email)
        } else if browser.cookies["sluice_session"] == nil {
            try await browser.signIn(email)
        }
        let account = try #require(try await authority.accounts.account(email: email))
        let app: Clients.Created
        if let client { app = client } else { app = try await self.client(of: developer(), kind) }
        var flow = CodeFlow(self, app)
        if let scope { flow.scope = scope }
        return Connection(
            installation: self, browser: browser, account: account, flow: flow,
            tokens: try await flow.tokens(in: browser))
    }

    /// Moves the clock, and lets the node look for changes as its poll would have done meanwhile.
    func advance(by seconds: TimeInterval) async throws {
        clock.advance(by: seconds)
        try await authority.catchUp()
    }

    /// Asks the API with everything that a request may have.
    func graphQL(
        _ document: String, variables: [String: Any]? = nil, operationName: String? = nil, bearer: String?,
        path: String = "/"
    ) async throws -> TestResponse {
        var request: [String: Any] = ["query": document]
        request["variables"] = variables
        request["operationName"] = operationName
        let body = try JSONSerialization.data(withJSONObject: request)
        return try await send(
            .post, path,
            headers: [("Content-Type", "application/json")]
                + (bearer.map { [("Authorization", "Bearer \($0)")] } ?? []),
            body: String(decoding: body, as: UTF8.self))
    }

    /// Whether the API takes a bearer: the status of the smallest query.
    func status(_ bearer: String) async throws -> Int { try await query("{ account { id } }", bearer: bearer).status }

    /// The events of one kind, newest first.
    func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] {
        try await authority.audit.list(account: nil, SliceRequest(limit: 200)).elements.filter { $0.kind == kind }
    }

    /// Every grant there is, newest first.
    func grants() async throws -> [Grant] {
        try await store.grants(account: nil, client: nil, SliceRequest(limit: 200)).elements
    }
}

extension AuditEvent {
    /// The value of a detail.
    func detail(_ name: String) -> String? { details.first { $0.name == name }?.value }
}

extension TestResponse {
    /// The GraphQL errors.
    var errors: [[String: Any]] { json["errors"] as? [[String: Any]] ?? [] }
    /// The GraphQL data; `nil` if it is null or absent.
    var data: [String: Any]? { json["data"] as? [String: Any] }

    /// Checks that this is a refused grant in the token endpoint's own way, and that nothing was given out.
    func expectInvalidGrant(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(status == 400, comment, sourceLocation: sourceLocation)
        #expect(error == "invalid_grant", comment, sourceLocation: sourceLocation)
        #expect(json["access_token"] == nil && json["refresh_token"] == nil, comment, sourceLocation: sourceLocation)
        #expect(self["Cache-Control"] == "no-store", comment, sourceLocation: sourceLocation)
    }

    /// Checks that this is the answer to a bearer that was presented and is not good.
    func expectInvalidToken(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(status == 401, comment, sourceLocation: sourceLocation)
        #expect(graphQLCode == "UNAUTHENTICATED", comment, sourceLocation: sourceLocation)
        #expect(
            self["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true, comment,
            sourceLocation: sourceLocation)
        #expect(data == nil, comment, sourceLocation: sourceLocation)
    }
}

/// Runs `work` many times at once and gives all results, in no particular order.
func simultaneously<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<count { group.addTask { try await work(index) } }
        var results: [Value] = []
        for try await result in group { results.append(result) }
        return results
    }
}
