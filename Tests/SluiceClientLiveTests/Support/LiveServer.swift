import Foundation
import Logging
import ServiceLifecycle
import SluiceAuthority
import SluiceClient
import SluiceHTTPTransport
import SluiceOAuth
import SluicePosting
import SluiceSQLite
import SluiceServer
import Synchronization

/// A whole Sluice on a loopback socket, with a clock that tests move: what an app meets in production.
struct LiveServer: Sendable {
    let authority: Authority
    let posting: Posting
    let clock: LiveClock
    let url: String
    let account: Account
    let endpoints: Endpoints
    let counts: Counts

    /// Runs a server while `body` runs.
    static func run<Value: Sendable>(
        _ adjust: (inout AuthorityConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (LiveServer) async throws -> Value
    ) async throws -> Value {
        let server = try ServerConfiguration(port: 0).resolvingPort()
        let url = server.origins.auth.text
        var configuration = AuthorityConfiguration(issuer: url, audience: url)
        configuration.passwordCost = .minimal
        // A clock that jumps must not look like a node that lost touch.
        configuration.stalenessBound = .seconds(1_000_000)
        adjust(&configuration)
        let clock = LiveClock()
        let counts = Counts()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let store = try await SQLiteStore.inMemory()
        let posting = Posting(store: store, environment: PostingEnvironment(now: { clock.now }))
        let authority = try await Authority(
            store: store, masterKey: MasterKey(bytes: Array(repeating: 9, count: 32))!,
            configuration: configuration,
            environment: AuthorityEnvironment(now: { clock.now }, logger: logger, count: { counts.add($0) }))
        let account = try await authority.accounts.create(
            email: "ada@example.com", name: "Ada", password: "correct horse battery", trace: .commandLine)
        let (ready, readiness) = AsyncStream.makeStream(of: Void.self)
        let web = try WebServer(
            authority: authority, posting: posting, configuration: server, metrics: Metrics(), logger: logger, now: { clock.now },
            onReady: { _ in readiness.finish() })
        // A server that is only cancelled waits for its clients to hang up; one that is asked to stop closes what is idle.
        let service = ServiceGroup(configuration: ServiceGroupConfiguration(services: [web], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { readiness.finish() }
                try await service.run()
            }
            for await _ in ready {}
            let result: Result<Value, any Error>
            do {
                let endpoints = try await Endpoints.discover(at: url, over: AsyncHTTPTransport.shared)
                result = .success(
                    try await body(
                        LiveServer(
                            authority: authority, posting: posting, clock: clock, url: url, account: account,
                            endpoints: endpoints, counts: counts))
                )
            } catch {
                result = .failure(error)
            }
            await service.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// Registers an app with a loopback redirect URI.
    func app(_ kind: Client.Kind) async throws -> ClientRegistration {
        let created = try await authority.clients.register(
            .init(name: "Example", redirectURIs: ["http://127.0.0.1/callback"]), kind: kind, owner: account.id, formID: nil,
            trace: .commandLine)
        return created.secret.map { .confidentialClient(created.client.id.text, secret: $0.text) }
            ?? .publicClient(created.client.id.text)
    }

    /// A client by the test's clock.
    func client(_ app: ClientRegistration, over transport: any Transport = AsyncHTTPTransport.shared) -> OAuthClient {
        OAuthClient(
            server: endpoints.authorizationServer, registration: app, transport: transport, now: { [clock] in clock.now })
    }

    /// Ada signs in and allows what the session asks for: the address that her browser is sent to.
    func allow(_ session: AuthorizationSession) async throws -> String {
        let query = session.authorizationURL.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        let (request, client) = try await authority.consent.parse(SluiceOAuth.Parameters(formEncoded: query))
        let opened = try await authority.sessions.open(account, replacing: nil, trace: .commandLine)
        let approval = try await authority.consent.approve(
            request, client: client, session: opened.session, decision: authority.proofs.formID(), trace: .commandLine)
        guard case .code(let code) = approval else { throw NotAllowed() }
        return AuthorizationResponse.success(
            redirectURI: request.redirectURI, code: code.text, state: request.state, issuer: url)
    }

    struct NotAllowed: Error {}

    /// A session for an app of this server.
    func session(
        _ app: ClientRegistration, _ scopes: String = "account:read posts:read offline_access"
    ) -> AuthorizationSession {
        AuthorizationSession(
            server: endpoints.authorizationServer, registration: app, redirectURI: "http://127.0.0.1:49152/callback",
            scopes: Scopes(scopes)!)
    }

    /// Ada signed in to an app: its tokens.
    func tokens(_ app: ClientRegistration) async throws -> TokenSet {
        let session = session(app)
        return try await session.handle(callback: try await allow(session), with: client(app))
    }

    /// The API with the source's tokens.
    func api(_ credential: GraphQLClient.Credential) -> GraphQLClient {
        GraphQLClient(endpoint: endpoints.apiURL, credential: credential, transport: AsyncHTTPTransport.shared, retries: .none)
    }
}

/// The real time and what a test added to it.
final class LiveClock: Sendable {
    private let offset = Mutex(0.0)

    var now: Date { Date() + offset.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { offset.withLock { $0 += seconds } }
}

/// What the server counted.
final class Counts: Sendable {
    private let list = Mutex<[AuthorityCount]>([])

    func add(_ count: AuthorityCount) { list.withLock { $0.append(count) } }

    subscript(_ count: AuthorityCount) -> Int { list.withLock { $0.count { $0 == count } } }
}
