import Foundation
import SluiceOAuth
import SluiceSQLite
import Synchronization

@testable import SluiceAuthority

/// A clock that only tests move.
final class TestClock: Sendable {
    private let moment: Mutex<Date>

    init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) { moment = Mutex(start) }

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// An authority over a store in memory.
struct Fixture: Sendable {
    let authority: Authority
    let store: any AuthorityStore
    let clock = TestClock()
    let trace = RequestTrace(address: "192.0.2.7", userAgent: "Test/1.0", requestID: "req-1")

    init(adjust: (inout AuthorityConfiguration) -> Void = { _ in }) async throws {
        var configuration = AuthorityConfiguration(issuer: "https://auth.example", audience: "https://api.example")
        configuration.passwordCost = .minimal
        adjust(&configuration)
        let clock = clock
        store = try await SQLiteStore.inMemory()
        guard let key = MasterKey(bytes: Array(repeating: 7, count: 32)) else { throw Missing() }
        authority = try await Authority(
            store: store, masterKey: key, configuration: configuration,
            environment: AuthorityEnvironment(now: { clock.now }))
    }

    func account(_ email: String = "ada@example.com") async throws -> Account {
        try await authority.accounts.create(
            email: email, name: "Ada", password: "correct horse battery", trace: trace)
    }

    func client(of owner: Account, _ kind: Client.Kind = .public) async throws -> Clients.Created {
        try await authority.clients.register(
            .init(name: "App", redirectURIs: ["https://app.example/cb"]), kind: kind, owner: owner.id, formID: nil,
            trace: trace)
    }

    func session(of account: Account) async throws -> Session {
        try await authority.sessions.open(account, replacing: nil, trace: trace).session
    }

    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    func request(
        of client: Client, scope: String = "account:read offline_access", state: String? = "s"
    ) throws -> AuthorizationRequest {
        guard let verifier = CodeVerifier(Self.verifier) else { throw Missing() }
        let pairs =
            [
                ("client_id", client.id.text), ("redirect_uri", "https://app.example/cb"), ("response_type", "code"),
                ("scope", scope), ("code_challenge", CodeChallenge(of: verifier).text),
                ("code_challenge_method", "S256"),
            ] + (state.map { [("state", $0)] } ?? [])
        return try AuthorizationRequest(Parameters(pairs), known: ScopeCatalog.all, allowed: nil)
    }

    /// A code of a new approval.
    func code(of account: Account, _ client: Clients.Created) async throws -> AuthorizationCode {
        let approval = try await authority.consent.approve(
            request(of: client.client), client: client.client, session: session(of: account),
            decision: authority.proofs.formID(),
            trace: trace)
        guard case .code(let code) = approval else { throw Missing() }
        return code
    }

    /// Tokens of a new approval.
    func tokens(of account: Account, _ client: Clients.Created) async throws -> TokenResponse {
        let code = try await code(of: account, client)
        return try await authority.grants.exchange(
            .authorizationCode(
                code: code.text, redirectURI: "https://app.example/cb", verifier: CodeVerifier(Self.verifier)),
            for: client.client, trace: trace)
    }

    struct Missing: Error {}
}
