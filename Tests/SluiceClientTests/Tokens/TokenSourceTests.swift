import Foundation
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceClient

@Suite("The token source: one refresh, saved before use")
struct TokenSourceTests {
    @Test func `a token with life left costs no request`() async throws {
        let scene = Scene(ScriptedTransport())
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(3600 - 61)
        #expect(try await source.accessToken() == "access-1")
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `a token is refreshed a minute before its end, and the new pair is kept`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        scene.clock.advance(3600 - 60)
        #expect(try await source.accessToken() == "access-2")
        #expect(try await source.accessToken() == "access-2")
        #expect(scene.transport.forms.map { $0["refresh_token"] } == ["v1.first"])
        let stored = try await storage.load()
        #expect(stored?.tokens.refreshToken == "v1.second")
        #expect(stored?.refreshBegunAt == nil)
    }

    @Test func `a short-lived token is used for most of its life, not replaced at once`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second", expiresIn: 8)))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens(lifetime: 8))))
        scene.clock.advance(5.9)
        #expect(try await source.accessToken() == "access-1")
        scene.clock.advance(0.2)
        #expect(try await source.accessToken() == "access-2")
    }

    @Test func `fifty callers on an expired token cause one request`() async throws {
        let scene = Scene(
            ScriptedTransport(
                .meanwhile { try? await Task.sleep(for: .milliseconds(50)) }, .tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(4000)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await source.accessToken() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["access-2"])
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `two sources on one storage spend each refresh token once`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        scene.clock.advance(4000)
        let sources = (0..<8).map { _ in scene.source(storage) }
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for source in sources { group.addTask { try await source.accessToken() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["access-2"])
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `a caller that is cancelled does not end the refresh that others wait for`() async throws {
        let gate = Gate()
        let scene = Scene(
            ScriptedTransport(
                .meanwhile { await gate.pass() }, .lostIfCancelled, .tokens("access-2", refresh: "v1.second")))
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        scene.clock.advance(4000)
        let first = Task { try await source.accessToken() }
        await gate.arrival()
        let second = Task { try await source.accessToken() }
        first.cancel()
        // The cancelled one does not wait for the answer; nobody else is disturbed.
        await #expect(throws: TokenError.cancelled) { try await first.value }
        gate.open()
        #expect(try await second.value == "access-2")
        #expect(scene.transport.requests.count == 1)
        #expect(try await storage.load()?.tokens.refreshToken == "v1.second")
    }

    @Test func `a sign-in or sign-out whose task is cancelled is seen to its end`() async throws {
        let scene = Scene(ScriptedTransport(.answer(TransportResponse(status: 200))))
        let storage = MemoryTokenStorage()
        let source = scene.source(storage)
        let tokens = scene.tokens()
        let signIn = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await source.signIn(with: tokens)
        }
        try await signIn.value
        #expect(try await storage.load()?.tokens == tokens)
        let signOut = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await source.signOut()
        }
        #expect(try await signOut.value)
        #expect(try await source.current() == nil)
    }

    @Test func `a fresh token in the storage costs neither request nor lock`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = FailingStorage(scene.stored(scene.tokens()))
        storage.lockOut()
        #expect(try await scene.source(storage).accessToken() == "access-1")
    }

    @Test func `a token that the API refused is replaced, however fresh it looks`() async throws {
        let scene = Scene(ScriptedTransport(.tokens("access-2", refresh: "v1.second")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        #expect(try await source.accessToken(insteadOf: "access-1") == "access-2")
        // Somebody else's report about the old one comes late: nothing more is spent.
        #expect(try await source.accessToken(insteadOf: "access-1") == "access-2")
        #expect(scene.transport.requests.count == 1)
    }

    @Test func `what another process refreshed is taken without a request`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        #expect(try await source.accessToken() == "access-1")
        scene.clock.advance(4000)
        try await storage.save(scene.stored(scene.tokens("access-2", refresh: "v1.second")))
        #expect(try await source.accessToken() == "access-2")
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `without tokens, and after another process signed out, the source says so`() async throws {
        let scene = Scene(ScriptedTransport())
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        _ = try await source.accessToken()
        try await storage.remove()
        scene.clock.advance(4000)
        await #expect(throws: TokenError.signedOut) { try await source.accessToken() }
        await #expect(throws: TokenError.signedOut) { try await scene.source(MemoryTokenStorage()).accessToken() }
    }

    @Test func `tokens of another client or server are neither used nor touched`() async throws {
        let scene = Scene(ScriptedTransport())
        var stored = scene.stored(scene.tokens())
        stored.issuer = "https://other.example"
        let storage = MemoryTokenStorage(stored)
        await #expect(throws: TokenError.otherClient(issuer: "https://other.example", clientID: "app")) {
            try await scene.source(storage).accessToken()
        }
        #expect(try await storage.load() == stored)
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `without a refresh token the access token is used to its end`() async throws {
        let scene = Scene(ScriptedTransport())
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens(refresh: nil))))
        scene.clock.advance(3599)
        #expect(try await source.accessToken() == "access-1")
        scene.clock.advance(1)
        await #expect(throws: TokenError.signInAgain(.noRefreshToken)) { try await source.accessToken() }
    }

    @Test func `signing in replaces what was kept, whatever had happened to it`() async throws {
        let scene = Scene(ScriptedTransport(.refused("invalid_grant")))
        let source = scene.source(MemoryTokenStorage(scene.stored(scene.tokens())))
        scene.clock.advance(4000)
        await #expect(throws: TokenError.self) { try await source.accessToken() }
        try await source.signIn(with: scene.tokens("access-9", refresh: "v1.ninth"))
        #expect(try await source.accessToken() == "access-9")
    }

    @Test func `dead tokens are signed out without a request, and forgetting never sends one`() async throws {
        let scene = Scene(ScriptedTransport())
        var dead = scene.stored(scene.tokens(refresh: nil))
        dead.ending = .refused(code: "invalid_grant", text: nil)
        let storage = MemoryTokenStorage(dead)
        #expect(try await scene.source(storage).signOut() == false)
        #expect(try await storage.load() == nil)
        try await storage.save(scene.stored(scene.tokens()))
        try await scene.source(storage).forget()
        #expect(try await storage.load() == nil)
        #expect(scene.transport.requests.isEmpty)
    }

    @Test func `signing out where the server has no endpoint for it forgets, and says that the server was not told`() async throws
    {
        var server = Scene.server
        server.revocationEndpoint = nil
        let scene = Scene(ScriptedTransport(), server: server)
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        #expect(try await scene.source(storage).signOut() == false)
        #expect(try await storage.load() == nil)
    }

    @Test func `signing out revokes at the server first, and keeps the tokens if that fails`() async throws {
        let scene = Scene(
            ScriptedTransport(.failure(.notSent("refused")), .answer(TransportResponse(status: 200))))
        let storage = MemoryTokenStorage(scene.stored(scene.tokens()))
        let source = scene.source(storage)
        await #expect(throws: TokenError.notRevoked(.transport(.notSent("refused")))) { try await source.signOut() }
        #expect(try await source.accessToken() == "access-1")
        #expect(try await source.signOut())
        #expect(scene.transport.forms.map { $0["token"] } == ["v1.first", "v1.first"])
        #expect(try await storage.load() == nil)
        await #expect(throws: TokenError.signedOut) { try await source.accessToken() }
    }
}
