import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SluiceAuthority
import SluiceOAuth
import SluicePosting
import SluiceSQLite
import Synchronization

@testable import SluiceServer

/// A whole installation in memory, driven through its front door: what a client sees, without a socket.
///
/// The clock stands still until a test moves it.
struct Installation: Sendable {
    let authority: Authority
    /// Channels and posts, in the same store where that keeps them, else in one of their own.
    let posting: Posting
    let store: any AuthorityStore
    let clock: TestClock
    let metrics: Metrics
    let configuration: ServerConfiguration
    let log: LogCapture
    /// What makes it a sandbox; `nil` for an ordinary one.
    let sandbox: Sandbox?
    let door: FrontDoor

    static let issuer = "http://127.0.0.1:8080"

    /// A fresh installation.
    /// - Parameters:
    ///   - store: Where it keeps things; by default a database in memory.
    ///   - adjust: Changes the authority's configuration.
    ///   - seed: Makes it a sandbox that holds what this makes.
    init(
        origins: Origins? = nil, store: (any AuthorityStore)? = nil, clock: TestClock = TestClock(),
        trustedProxies: TrustedProxies = .none, masterKey: [UInt8] = Array(repeating: 7, count: 32),
        adjust: (inout AuthorityConfiguration) -> Void = { _ in },
        seed: ((Authority) async throws -> SandboxNames)? = nil
    ) async throws {
        let server = ServerConfiguration(origins: origins, trustedProxies: trustedProxies)
        var configuration = AuthorityConfiguration(issuer: server.origins.auth.text, audience: server.origins.api.text)
        configuration.passwordCost = .minimal
        // As `sluice sandbox` has it.
        if seed != nil { configuration.stalenessBound = .seconds(200 * 366 * 86_400) }
        adjust(&configuration)
        let log = LogCapture()
        var logger = Logger(label: "test") { _ in log.handler }
        logger.logLevel = .trace
        let metrics = Metrics()
        let domain = DomainMetrics(metrics)
        let keeper: any AuthorityStore
        if let store { keeper = store } else { keeper = try await SQLiteStore.inMemory() }
        let sandboxClock = SandboxClock { clock.now }
        let now: @Sendable () -> Date = { sandboxClock.now }
        let environment = AuthorityEnvironment(now: now, logger: logger, count: { domain.note($0) })
        authority = try await Authority(
            store: keeper, masterKey: MasterKey(bytes: masterKey)!, configuration: configuration, environment: environment)
        let postingStore: any PostingStore
        if let shared = keeper as? any PostingStore {
            postingStore = shared
        } else {
            postingStore = try await SQLiteStore.inMemory()
        }
        posting = Posting(
            store: postingStore, environment: PostingEnvironment(now: now, report: { [logger] in logger.error("\($0)") }))
        var sandbox: Sandbox?
        if let seed { sandbox = Sandbox(clock: sandboxClock, names: try await seed(authority)) }
        door = try WebServer.frontDoor(
            authority: authority, posting: posting, configuration: server, metrics: metrics, logger: logger, now: now,
            sandbox: sandbox)
        self.sandbox = sandbox
        self.store = keeper
        self.clock = clock
        self.metrics = metrics
        self.configuration = server
        self.log = log
    }

    /// Sends one request.
    /// - Parameters:
    ///   - path: With its query.
    ///   - host: The `Host` field; `nil` leaves it out.
    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [(String, String)] = [], body: String? = nil,
        host: String? = "127.0.0.1:8080", peer: String = "192.0.2.7"
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        for (name, value) in headers { fields.append(HTTPField(name: HTTPField.Name(name)!, value: value)) }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let context = SluiceContext(
            logger: Logger(label: "test") { [log] _ in log.handler }, peer: try SocketAddress(ipAddress: peer, port: 40_000),
            requestID: "")
        let response = try await door.respond(to: request, context: context)
        let collector = BodyCollector()
        try await response.body.write(collector)
        return TestResponse(status: Int(response.status.code), headers: response.headers, body: collector.text)
    }

    /// Posts a form.
    func post(
        _ path: String, _ fields: [(String, String)], headers: [(String, String)] = [], peer: String = "192.0.2.7"
    ) async throws -> TestResponse {
        try await send(
            .post, path, headers: [("Content-Type", "application/x-www-form-urlencoded")] + headers,
            body: SluiceOAuth.Parameters.encode(fields), peer: peer)
    }

    /// Asks the API.
    /// - Parameter bearer: What follows `Bearer `; `nil` sends no header.
    func query(_ document: String = "{ account { id email } }", bearer: String?) async throws -> TestResponse {
        let body = try JSONSerialization.data(withJSONObject: ["query": document])
        let authorization = bearer.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try await send(
            .post, "/", headers: [("Content-Type", "application/json")] + authorization,
            body: String(decoding: body, as: UTF8.self))
    }

    /// Makes an account without the pages.
    func account(
        _ email: String = "ada@example.com", name: String = "Ada", password: String = "correct horse battery"
    ) async throws -> Account {
        try await authority.accounts.create(email: email, name: name, password: password, trace: .commandLine)
    }

    /// Makes an API key without the pages.
    func key(
        for account: Account, scopes: String? = nil, expiresIn: TimeInterval? = nil
    ) async throws -> APIKeys.Created {
        try await authority.keys.create(
            for: account.id, name: "test", scopes: scopes.flatMap { Scopes($0) },
            expiresAt: expiresIn.map { clock.now.addingTimeInterval($0) }, formID: nil, trace: .commandLine)
    }

    /// Registers a client without the pages.
    func client(
        of account: Account, _ kind: Client.Kind = .confidential, redirectURIs: [String] = ["https://app.example/cb"],
        name: String = "Example App"
    ) async throws -> Clients.Created {
        try await authority.clients.register(
            .init(name: name, redirectURIs: redirectURIs), kind: kind, owner: account.id, formID: nil, trace: .commandLine)
    }
}

/// What came back.
struct TestResponse: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    subscript(_ name: String) -> String? { headers[HTTPField.Name(name)!] }

    /// All values of a field.
    func values(_ name: String) -> [String] { headers[values: HTTPField.Name(name)!] }

    /// The body as a JSON object; empty if it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }

    /// OAuth's `error`.
    var error: String? { json["error"] as? String }

    /// The first GraphQL error's `extensions.code`.
    var graphQLCode: String? {
        let errors = json["errors"] as? [[String: Any]]
        return (errors?.first?["extensions"] as? [String: Any])?["code"] as? String
    }

    /// Where a redirect leads.
    var location: String? { self["Location"] }

    /// The parameters of the redirect's query, first value each.
    var locationParameters: [String: String] {
        guard let location, let query = location.split(separator: "?", maxSplits: 1).dropFirst().first,
            let parsed = try? SluiceOAuth.Parameters(formEncoded: Array(query.utf8))
        else { return [:] }
        return Dictionary(parsed.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A clock that only tests move.
final class TestClock: Sendable {
    private let moment: Mutex<Date>

    init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) { moment = Mutex(start) }

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// Collects an answer's body.
private final class BodyCollector: ResponseBodyWriter {
    private var buffer = ByteBuffer()

    var text: String { String(buffer: buffer) }

    func write(_ part: ByteBuffer) async throws { buffer.writeImmutableBuffer(part) }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
