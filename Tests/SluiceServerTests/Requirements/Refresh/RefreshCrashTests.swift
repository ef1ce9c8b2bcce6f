import Foundation
import SluiceAuthority
import SluiceOAuth
import SluiceSQLite
import Testing

@testable import SluiceServer

@Suite("Refreshes and crashes")
struct RefreshCrashTests {
    @Test func `S84 a refresh answer that a client got works after the process is gone without a word`() async throws {
        let (folder, path) = SQLiteStores.path()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = TestClock()
        let first = try await SQLiteStore.open(path: path)
        let before = try await Installation(store: first, clock: clock)
        let connection = try await before.connect()
        var tokens = connection.tokens
        for _ in 1...3 { tokens = try await connection.refreshed(tokens.refresh) }
        // The first store is never closed: whatever it did not write down is not in the file.
        let second = try await SQLiteStore.open(path: path)
        let after = try await Installation(store: second, clock: clock)
        let flow = CodeFlow(after, connection.flow.client)
        #expect(try await after.status(tokens.access) == 200)
        let next = try await flow.refresh(tokens.refresh ?? "")
        #expect(next.status == 200)
        // Exactly once.
        (try await flow.refresh(tokens.refresh ?? "")).expectInvalidGrant()
        #expect(try await after.status(Tokens(next).access) == 401)
        try await second.close()
        try await first.close()
    }

    @Test
    func `S84 an answer that got lost leaves a defined state: strictly it is reuse, with a leeway it comes again`()
        async throws
    {
        for leeway in [Duration.zero, .seconds(30)] {
            let line = SlowStore.Line()
            let installation = try await Installation(
                store: SlowStore(SQLiteStores.inMemory(), line: line, pause: .zero)
            ) { $0.reuseLeeway = leeway }
            let connection = try await installation.connect()
            line.losesAnswers = true
            let lost = try await connection.flow.refresh(connection.refreshToken)
            #expect(lost.status == 503)
            #expect(lost.error == "temporarily_unavailable")
            #expect(lost["Retry-After"] != nil)
            #expect(lost.json["access_token"] == nil)
            #expect(lost.json["request_id"] as? String == lost["X-Request-ID"])
            line.losesAnswers = false
            #expect(try await connection.grant().generation == 2, "it was written")
            let retry = try await connection.flow.refresh(connection.refreshToken)
            if leeway == .zero {
                retry.expectInvalidGrant("nobody can tell it from a thief's second use")
                #expect(try await connection.grant().revocation == .refreshReused)
            } else {
                #expect(retry.status == 200)
                _ = try await connection.refreshed(Tokens(retry).refresh)
            }
        }
    }

    @Test func `S84 a full disk is a 503 that keeps the token good`() async throws {
        let line = SlowStore.Line()
        let installation = try await Installation(
            store: SlowStore(SQLiteStores.inMemory(), line: line, pause: .zero))
        let connection = try await installation.connect()
        let before = try await connection.grant()
        line.isFull = true
        let refused = try await connection.flow.refresh(connection.refreshToken)
        #expect(refused.status == 503)
        #expect(refused.error == "temporarily_unavailable")
        #expect(!refused.body.contains("disk"), "what is wrong with the disk is for the log alone")
        #expect(installation.log.text.contains("disk is full"))
        let code = try? await connection.flow.code(in: connection.browser)
        #expect(code == nil, "no code that was not kept")
        line.isFull = false
        #expect(try await connection.grant() == before)
        _ = try await connection.refreshed()
    }
}
