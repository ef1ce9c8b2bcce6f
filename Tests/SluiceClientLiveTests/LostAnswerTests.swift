import Foundation
import SluiceAuthority
import SluiceClient
import SluiceHTTPTransport
import SluiceOAuth
import Testing

@Suite("Answers that are lost between a live server and the SDK")
struct LostAnswerTests {
    /// A source whose token has ended, behind a connection that is cut.
    private func source(
        _ server: LiveServer, _ transport: CutTransport, _ storage: any TokenStorage
    ) async throws -> TokenSource {
        let app = try await server.app(.public)
        let source = TokenSource(client: server.client(app, over: transport), storage: storage)
        try await source.signIn(with: try await server.tokens(app))
        server.clock.advance(4000)
        return source
    }

    @Test func `cut before the server saw it: the same token is good, and is spent once`() async throws {
        try await LiveServer.run { server in
            let source = try await source(server, CutTransport(.beforeArrival), MemoryTokenStorage())
            #expect(try await source.accessToken().hasPrefix("eyJ"))
            #expect(server.counts[.refreshed] == 1 && server.counts[.refreshRefused] == 0)
        }
    }

    @Test func `cut after the commit, server with a leeway: the same successor comes again`() async throws {
        try await LiveServer.run({ $0.reuseLeeway = .seconds(10) }) { server in
            let source = try await source(server, CutTransport(.afterCommit), MemoryTokenStorage())
            #expect(try await source.accessToken().hasPrefix("eyJ"))
            server.clock.advance(4000)
            #expect(try await source.accessToken().hasPrefix("eyJ"))
            #expect(server.counts[.grantRevoked(.refreshReused)] == 0)
        }
    }

    @Test func `cut after the commit, Buffer's strict rule: the tokens are lost, and the error says by what`() async throws {
        try await LiveServer.run { server in
            let storage = MemoryTokenStorage()
            let source = try await source(server, CutTransport(.afterCommit), storage)
            let since = server.clock.now
            let error = await #expect(throws: TokenError.self) { try await source.accessToken() }
            guard case .signInAgain(.answerLost(let at))? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(abs(at.timeIntervalSince(since)) < 5)
            // Nobody asks again.
            let refused = server.counts[.refreshRefused]
            await #expect(throws: TokenError.self) { try await source.accessToken() }
            #expect(server.counts[.refreshRefused] == refused)
        }
    }

    @Test func `a process that dies before it saved leaves the next one a leeway's time to recover`() async throws {
        try await LiveServer.run({ $0.reuseLeeway = .seconds(30) }) { server in
            let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-crash-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let path = folder.appending(path: "tokens.json").path
            let app = try await server.app(.public)
            let storage = FileTokenStorage(path: path)
            try await TokenSource(client: server.client(app), storage: storage).signIn(with: try await server.tokens(app))
            server.clock.advance(4000)
            // What the first process had written when it died: the mark, and the old token; the server has rotated.
            var died = try #require(try await storage.load())
            died.refreshBegunAt = server.clock.now
            try await storage.save(died)
            _ = try await server.client(app).refresh(died.tokens.refreshToken!, granted: died.tokens.scopes)

            let next = TokenSource(client: server.client(app), storage: FileTokenStorage(path: path))
            #expect(try await next.accessToken().hasPrefix("eyJ"))
            #expect(try await storage.load()?.refreshBegunAt == nil)
            #expect(server.counts[.grantRevoked(.refreshReused)] == 0)
        }
    }

    @Test func `many sources on one file, cut at random, never lose a grant that has a leeway`() async throws {
        try await LiveServer.run({ $0.reuseLeeway = .seconds(60) }) { server in
            let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-many-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let path = folder.appending(path: "tokens.json").path
            let app = try await server.app(.public)
            try await TokenSource(client: server.client(app), storage: FileTokenStorage(path: path)).signIn(
                with: try await server.tokens(app))
            for round in 0..<20 {
                server.clock.advance(4000)
                let cuts: [CutTransport.Cut?] = [[.afterCommit], [.beforeArrival], [nil]][round % 3]
                let sources = (0..<4).map { index in
                    TokenSource(
                        client: server.client(app, over: index == 0 ? CutTransport(cuts[0]) : CutTransport()),
                        storage: FileTokenStorage(path: path))
                }
                let tokens = try await withThrowingTaskGroup(of: String.self) { group in
                    for source in sources { group.addTask { try await source.accessToken() } }
                    return try await group.reduce(into: Set<String>()) { $0.insert($1) }
                }
                #expect(tokens.count == 1)
            }
            #expect(server.counts[.grantRevoked(.refreshReused)] == 0)
        }
    }
}
