import Foundation
import SluiceOAuth
import Testing

@testable import SluiceClient

@Suite("The token source when things go wrong")
struct TokenSourceFaultTests {
    private static let lost = TransportError.answerLost("connection reset")
    private static let unreachable = TransportError.notSent("connection refused")

    /// A source whose access token has ended.
    private func ended(
        _ scene: Scene, _ storage: ((StoredTokens) -> any TokenStorage) = { MemoryTokenStorage($0) }
    ) -> (TokenSource, any TokenStorage) {
        let storage = storage(scene.stored(scene.tokens()))
        scene.clock.advance(4000)
        return (scene.source(storage), storage)
    }

    // MARK: Lost answers

    @Test func `a lost answer is asked for once more with the same token, and a server with a leeway gives it again`()
        async throws
    {
        let scene = Scene(ScriptedTransport(.failure(Self.lost), .tokens("access-2", refresh: "v1.second")))
        let (source, storage) = ended(scene)
        #expect(try await source.accessToken() == "access-2")
        #expect(scene.transport.forms.map { $0["refresh_token"] } == ["v1.first", "v1.first"])
        #expect(try await storage.load()?.refreshBegunAt == nil)
    }

    @Test func `if the server had spent the token, the error says that the answer was lost and since when`() async throws {
        let scene = Scene(ScriptedTransport(.failure(Self.lost), .refused("invalid_grant")))
        let (source, storage) = ended(scene)
        let ending = TokenEnding.answerLost(since: scene.clock.now)
        await #expect(throws: TokenError.signInAgain(ending)) { try await source.accessToken() }
        #expect(try await storage.load()?.ending == ending)
        #expect(try await storage.load()?.tokens.refreshToken == nil)
    }

    @Test func `two lost answers end this attempt, keep the tokens, and leave their mark for whoever comes next`() async throws {
        let scene = Scene(ScriptedTransport(.failure(Self.lost), .failure(Self.lost)))
        let (source, storage) = ended(scene)
        let begunAt = scene.clock.now
        await #expect(throws: TokenError.notRefreshed(.transport(Self.lost))) { try await source.accessToken() }
        let stored = try #require(try await storage.load())
        #expect(stored.tokens.refreshToken == "v1.first")
        #expect(stored.refreshBegunAt == begunAt)

        // The next process, days later, hears from the server that it is too late, and can say why.
        scene.transport.then(.refused("invalid_grant"))
        scene.clock.advance(86_400)
        await #expect(throws: TokenError.signInAgain(.answerLost(since: begunAt))) {
            try await scene.source(storage).accessToken()
        }
    }

    @Test func `a process that died between the answer and the save leaves a mark, and the next one uses the leeway`()
        async throws
    {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let died = scene.stored(scene.tokens(), refreshBegunAt: scene.clock.now)
        scene.clock.advance(4000)
        let storage = MemoryTokenStorage(died)
        #expect(try await scene.source(storage).accessToken() == "access-2")
        #expect(scene.transport.forms.map { $0["refresh_token"] } == ["v1.first"])
        #expect(try await storage.load()?.refreshBegunAt == nil)
    }

    @Test func `tokens of a kind that cannot be used are not asked for again: the answer did arrive`() async throws {
        let scene = Scene(ScriptedTransport(.json(200, #"{"access_token":"a","refresh_token":"v1.b","token_type":"DPoP"}"#)))
        let (source, _) = ended(scene)
        await #expect(throws: TokenError.notRefreshed(.unsupported)) { try await source.accessToken() }
        #expect(scene.transport.requests.count == 1)
    }

    @Test(arguments: ["<html>busy</html>", "", #"{"access_token":"cut"#, "{}"])
    func `garbage in place of tokens leaves the same doubt as no answer`(body: String) async throws {
        let scene = Scene(ScriptedTransport(.json(200, body), .refused("invalid_grant")))
        let (source, _) = ended(scene)
        await #expect(throws: TokenError.signInAgain(.answerLost(since: scene.clock.now))) { try await source.accessToken() }
        #expect(scene.transport.requests.count == 2)
    }

    // MARK: Refusals

    @Test func `invalid_grant means sign in again, is asked once, and is remembered by the next process too`() async throws {
        let scene = Scene(ScriptedTransport(.refused("invalid_grant", "The refresh token is not valid.")))
        let (source, storage) = ended(scene)
        let expected = TokenError.signInAgain(.refused(code: "invalid_grant", text: "The refresh token is not valid."))
        for _ in 0..<3 { await #expect(throws: expected) { try await source.accessToken() } }
        await #expect(throws: expected) { try await scene.source(storage).accessToken() }
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `fifty callers on a dead token ask once`() async throws {
        let scene = Scene(
            ScriptedTransport(.meanwhile { try? await Task.sleep(for: .milliseconds(30)) }, .refused("invalid_grant")))
        let (source, _) = ended(scene)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { do { _ = try await source.accessToken(); return false } catch { return true } }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 50)
        #expect(scene.transport.requests.count == 1)
    }

    @Test(arguments: ["invalid_client", "invalid_request", "unauthorized_client", "invalid_scope"])
    func `a refusal that spends nothing keeps the tokens and takes the mark back`(code: String) async throws {
        let scene = Scene(ScriptedTransport(.refused(code, status: code == "invalid_client" ? 401 : 400)))
        let (source, storage) = ended(scene)
        let before = try await storage.load()
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        #expect(try await storage.load() == before)
        // Once the configuration is mended it goes on.
        scene.transport.then(.tokens("access-2", refresh: "v1.second"))
        scene.clock.advance(2)
        #expect(try await source.accessToken() == "access-2")
    }

    @Test func `an end that cannot be written down is remembered by the process`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = FailingStorage(scene.stored(scene.tokens()))
        scene.transport.then(.meanwhile { storage.refuse(1) }, .refused("invalid_grant"))
        let (source, _) = ended(scene) { _ in storage }
        for _ in 0..<3 {
            await #expect(throws: TokenError.signInAgain(.refused(code: "invalid_grant", text: "No."))) {
                try await source.accessToken()
            }
        }
        #expect(scene.transport.requests.count == 1)
    }

    // MARK: Busy and broken servers

    @Test func `what a server asks of one is asked of all who share its tokens`() async throws {
        let scene = Scene(ScriptedTransport(.json(503, "", [("Retry-After", "120")])))
        let (source, storage) = ended(scene)
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        scene.clock.advance(20)
        await #expect(throws: TokenError.notRefreshed(.unavailable(status: 503, retryAfter: .seconds(100)))) {
            try await scene.source(storage).accessToken()
        }
        #expect(scene.transport.requests.count == 1)
        scene.transport.then(.tokens("access-2", refresh: "v1.second"))
        scene.clock.advance(100)
        #expect(try await scene.source(storage).accessToken() == "access-2")
        #expect(try await storage.load()?.pause == nil)
    }

    @Test func `a pause that was noted before the clock was set back holds nobody up`() async throws {
        let scene = Scene(ScriptedTransport(.json(503, ""), .tokens("access-2", refresh: "v1.second")))
        let (source, _) = ended(scene)
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        scene.clock.advance(-300)
        #expect(try await source.accessToken() == "access-2")
    }

    @Test func `a token that ends while its refresh is under way is not given`() async throws {
        let scene = Scene(ScriptedTransport())
        let clock = scene.clock
        scene.transport.then(
            .meanwhile { clock.advance(31) }, .failure(Self.lost), .meanwhile { clock.advance(30) }, .failure(Self.lost))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(3600 - 60)
        await #expect(throws: TokenError.notRefreshed(.transport(Self.lost))) { try await source.accessToken() }
    }

    @Test func `a busy server is left alone for as long as it asks, then asked again`() async throws {
        let scene = Scene(
            ScriptedTransport(
                .json(429, #"{"error":"temporarily_unavailable"}"#, [("Retry-After", "120")]),
                .tokens("access-2", refresh: "v1.second")))
        let (source, storage) = ended(scene)
        let expected = TokenError.notRefreshed(.unavailable(status: 429, retryAfter: .seconds(120)))
        await #expect(throws: expected) { try await source.accessToken() }
        #expect(try await storage.load()?.refreshBegunAt == nil)
        scene.clock.advance(119)
        await #expect(throws: TokenError.notRefreshed(.unavailable(status: 429, retryAfter: .seconds(1)))) {
            try await source.accessToken()
        }
        #expect(scene.transport.requests.count == 1)
        scene.clock.advance(1)
        #expect(try await source.accessToken() == "access-2")
    }

    @Test(arguments: [500, 502, 503])
    func `a broken server is not asked twice in a row, and the doubt is kept`(status: Int) async throws {
        let scene = Scene(ScriptedTransport(.json(status, "oops")))
        let (source, storage) = ended(scene)
        await #expect(throws: TokenError.notRefreshed(.unavailable(status: status, retryAfter: nil))) {
            try await source.accessToken()
        }
        #expect(scene.transport.requests.count == 1)
        #expect(try await storage.load()?.refreshBegunAt != nil)
    }

    @Test func `a server that was never reached leaves no doubt`() async throws {
        let scene = Scene(ScriptedTransport(.failure(Self.unreachable)))
        let (source, storage) = ended(scene)
        let before = try await storage.load()
        await #expect(throws: TokenError.notRefreshed(.transport(Self.unreachable))) { try await source.accessToken() }
        #expect(scene.transport.requests.count == 1)
        #expect(try await storage.load() == before)
    }

    @Test func `while the old access token lives, a refresh that fails disturbs nobody and is not repeated at every call`()
        async throws
    {
        let scene = Scene(ScriptedTransport(.json(503, "", [("Retry-After", "30")])))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(3600 - 30)
        for _ in 0..<5 { #expect(try await source.accessToken() == "access-1") }
        #expect(scene.transport.requests.count == 1)
        scene.clock.advance(30)
        scene.transport.then(.tokens("access-2", refresh: "v1.second"))
        #expect(try await source.accessToken() == "access-2")
    }

    @Test func `a token that the API refused is not given again because the refresh failed`() async throws {
        let scene = Scene(ScriptedTransport(.failure(Self.unreachable)))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        for _ in 0..<2 {
            await #expect(throws: TokenError.notRefreshed(.transport(Self.unreachable))) {
                try await source.accessToken(insteadOf: "access-1")
            }
        }
        // Nor without naming it: the API's word stands.
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        let lone = scene.source(MemoryTokenStorage(scene.stored(scene.tokens(refresh: nil))))
        await #expect(throws: TokenError.signInAgain(.noRefreshToken)) {
            try await lone.accessToken(insteadOf: "access-1")
        }
    }

    // MARK: Disks

    @Test func `a full disk is found out before anything is spent`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let storage = FailingStorage(scene.stored(scene.tokens()))
        let (source, _) = ended(scene) { _ in storage }
        storage.refuse(1)
        await #expect(throws: TokenError.storage(.unwritable("the disk is full"))) { try await source.accessToken() }
        #expect(scene.transport.requests.isEmpty)
        #expect(try await source.accessToken() == "access-2")
    }

    @Test func `a new pair that cannot be saved is given to nobody, kept in memory, and saved when it can be`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = FailingStorage(scene.stored(scene.tokens()))
        scene.transport.then(.meanwhile { storage.refuse(2) }, .tokens("access-2", refresh: "v1.second"))
        let (source, _) = ended(scene) { _ in storage }
        for _ in 0..<2 {
            await #expect(throws: TokenError.storage(.unwritable("the disk is full"))) { try await source.accessToken() }
        }
        #expect(try await source.accessToken() == "access-2")
        #expect(scene.transport.requests.count == 1)
        #expect(storage.saved.last?.tokens.refreshToken == "v1.second")
    }

    @Test func `a pair that could not be saved gives way to a new sign-in of another process`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = FailingStorage(scene.stored(scene.tokens()))
        scene.transport.then(.meanwhile { storage.refuse(1) }, .tokens("access-2", refresh: "v1.second"))
        let (source, _) = ended(scene) { _ in storage }
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        try await storage.save(scene.stored(scene.tokens("access-9", refresh: "v1.ninth")))
        #expect(try await source.accessToken() == "access-9")
        #expect(try await storage.load()?.tokens.refreshToken == "v1.ninth")
    }

    @Test func `the pair is saved before its access token is seen by anybody`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let storage = FailingStorage(scene.stored(scene.tokens()))
        let (source, _) = ended(scene) { _ in storage }
        let given = try await source.accessToken()
        #expect(given == "access-2")
        #expect(storage.saved.map { $0.refreshBegunAt != nil } == [true, false])
        #expect(storage.saved.last?.tokens.accessToken == given)
    }

    @Test func `while the access token lives, a storage that fails disturbs nobody either`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let storage = FailingStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        #expect(try await source.accessToken() == "access-1")
        scene.clock.advance(3600 - 30)
        storage.refuse(1)
        #expect(try await source.accessToken() == "access-1")
        scene.transport.then(.tokens("access-3", refresh: "v1.third"))
        storage.lockOut()
        #expect(try await source.accessToken() == "access-1")
        #expect(scene.transport.requests.isEmpty)
        scene.clock.advance(30)
        await #expect(throws: TokenError.storage(.busy("locked out"))) { try await source.accessToken() }
    }

    // MARK: Clocks

    @Test(arguments: [-600.0, 600.0])
    func `a clock ten minutes off the server's changes nothing, because lifetimes are counted here`(skew: TimeInterval)
        async throws
    {
        // The server's clock shows in no answer but the JWT's own, which the client does not read.
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second"), .tokens("access-3", refresh: "v1.third")))
        scene.clock.advance(skew)
        let (source, _) = ended(scene)
        #expect(try await source.accessToken() == "access-2")
        scene.clock.advance(3530)
        #expect(try await source.accessToken() == "access-2")
        scene.clock.advance(10)
        #expect(try await source.accessToken() == "access-3")
    }

    @Test(arguments: [-600.0, 600.0])
    func `a clock that is set while the token lives costs at most one refresh`(step: TimeInterval) async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(3300 + step)
        // Set back, the token looks fresh though the server takes it no more; the 401 says so.
        let token = try await source.accessToken()
        #expect(token == (step < 0 ? "access-1" : "access-2"))
        if step < 0 { #expect(try await source.accessToken(insteadOf: token) == "access-2") }
        #expect(scene.transport.requests.count == 1)
    }
}
