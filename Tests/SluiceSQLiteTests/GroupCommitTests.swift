import Dispatch
import Foundation
import GRDB
import SluiceAuthority
import Testing

@testable import SluiceSQLite

@Suite struct GroupCommitTests {
    private static func note(_ text: String) -> AuditEvent {
        AuditEvent(.signInFailed, at: Date(timeIntervalSince1970: 1), subject: text, trace: .maintenance)
    }

    private static func subjects(_ store: SQLiteStore) async throws -> Set<String> {
        Set(try await store.events(account: nil, SliceRequest(limit: 200)).elements.compactMap(\.subject))
    }

    /// Runs all steps in one transaction and gives what each was told: `nil` for success.
    private static func together(
        _ store: SQLiteStore, _ steps: [(GroupCommitWriter.Shape, @Sendable (Database) throws -> Void)]
    ) async throws -> [(any Error)?] {
        let gate = try await Gate(store.writer)
        let tasks = steps.map { shape, body in
            Task { () -> (any Error)? in
                do {
                    try await store.writer.write(shape, body)
                    return nil
                } catch { return error }
            }
        }
        while store.writer.waitingCount < steps.count { await Task.yield() }
        try await gate.open()
        var told: [(any Error)?] = []
        for task in tasks { told.append(await task.value) }
        return told
    }

    @Test func `steps that wait together share one commit, and its size is reported`() async throws {
        let sizes = Log<Int>()
        let store = try await SQLiteStore.open(path: Scratch.newPath()) { sizes.append($0) }
        let told = try await Self.together(
            store, (0..<30).map { index in (.statement, { try $0.append(Self.note("\(index)")) }) })
        #expect(told.allSatisfy { $0 == nil })
        #expect(sizes.all == [1, 30])
        #expect(try await Self.subjects(store).count == 30)
    }

    @Test func `a step that fails after it wrote leaves nothing and undoes none of its neighbours`() async throws {
        struct Stop: Error, Equatable {}
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let told = try await Self.together(
            store,
            (0..<10).map { index in
                (
                    .several,
                    { db in
                        try db.append(Self.note("\(index) first"))
                        if index == 4 { throw Stop() }
                        try db.append(Self.note("\(index) second"))
                    }
                )
            })
        #expect(told.filter { $0 is Stop }.count == 1)
        #expect(told.filter { $0 == nil }.count == 9)
        let subjects = try await Self.subjects(store)
        #expect(subjects.count == 18)
        #expect(!subjects.contains("4 first"))
    }

    @Test func `a single statement that breaks a rule of the schema fails alone`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let told = try await Self.together(
            store,
            [
                (.statement, { try $0.append(Self.note("before")) }),
                (.statement, { try $0.run("INSERT INTO sessions (id) VALUES ('short')") }),
                (.statement, { try $0.append(Self.note("after")) }),
            ])
        #expect(told[0] == nil && told[2] == nil)
        guard case .corrupt = told[1] as? StoreError else {
            Issue.record("unexpected: \(String(describing: told[1]))")
            return
        }
        #expect(try await Self.subjects(store) == ["before", "after"])
    }

    @Test func `when the commit fails, every covered caller is told and nothing is kept`() async throws {
        let sizes = Log<Int>()
        let store = try await SQLiteStore.open(path: Scratch.newPath()) { sizes.append($0) }
        let told = try await Self.together(
            store,
            [
                (.statement, { try $0.append(Self.note("neighbour")) }),
                (
                    .several,
                    { db in
                        // An orphan that only the COMMIT notices.
                        try db.run("PRAGMA defer_foreign_keys = ON")
                        try db.run(
                            "INSERT INTO client_secrets (client_id, hash, created_at) VALUES ('none', zeroblob(32), 0)")
                    }
                ),
            ])
        #expect(told.allSatisfy { $0 is StoreError })
        #expect(try await Self.subjects(store).isEmpty)
        #expect(sizes.all == [1])
        try await store.append(Self.note("later"))
        #expect(try await Self.subjects(store) == ["later"])
    }

    @Test func `when SQLite drops the whole transaction, everyone in it is told and nothing is kept`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let rollBack: @Sendable (Database) throws -> Void = { _ = try $0.run("ROLLBACK") }
        for shape in [GroupCommitWriter.Shape.statement, .several] {
            let told = try await Self.together(
                store,
                [
                    (.statement, { try $0.append(Self.note("before")) }),
                    (shape, rollBack),
                    (.statement, { try $0.append(Self.note("after")) }),
                ])
            for error in told {
                guard case .unavailable = error as? StoreError else {
                    Issue.record("unexpected: \(String(describing: error))")
                    continue
                }
            }
            #expect(try await Self.subjects(store).isEmpty)
        }
        try await store.append(Self.note("later"))
        #expect(try await Self.subjects(store) == ["later"])
    }

    @Test func `more waiting writes than the limit are refused, and those within it are done`() async throws {
        let store = try await SQLiteStore.inMemory()
        let gate = try await Gate(store.writer)
        let limit = GroupCommitWriter.waitingLimit
        let told = Log<Bool>()
        let tasks = (0..<limit + 10).map { _ in
            Task {
                do {
                    try await store.writer.write(.statement) { _ in }
                    told.append(true)
                } catch StoreError.unavailable {
                    told.append(false)
                }
            }
        }
        while told.all.count < 10 { await Task.yield() }
        #expect(told.all == Array(repeating: false, count: 10))
        try await gate.open()
        for task in tasks { try await task.value }
        #expect(told.all.filter { $0 }.count == limit)
    }

    @Test func `a full disk refuses writes, keeps what was acknowledged, and works again when there is room`()
        async throws
    {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.writer.write(.statement) { db in
            guard case .integer(let pages) = try db.pragma("page_count") else { return }
            _ = try db.pragma("max_page_count = \(pages + 8)")
        }
        let acknowledged = Log<String>()
        let refused = Log<StoreError>()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let text = "\(index) " + String(repeating: "x", count: 2_000)
                    do {
                        try await store.append(Self.note(text))
                        acknowledged.append(text)
                    } catch let error as StoreError { refused.append(error) } catch { Issue.record(error) }
                }
            }
        }
        #expect(!acknowledged.all.isEmpty)
        #expect(!refused.all.isEmpty)
        for error in refused.all {
            guard case .unavailable = error else {
                Issue.record("unexpected: \(error)")
                continue
            }
        }
        #expect(try await Self.subjects(store) == Set(acknowledged.all))
        try await store.writer.write(.statement) { _ = try $0.pragma("max_page_count = 100000") }
        try await store.append(Self.note("room again"))
        try await store.close()
        let again = try await SQLiteStore.open(path: path)
        #expect(try await Self.subjects(again) == Set(acknowledged.all).union(["room again"]))
        #expect(try await again.integrityCheck().isEmpty)
    }

    @Test func `a database that may only be read refuses writes as unavailable and still reads`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        try await store.append(Self.note("kept"))
        try await store.writer.write(.statement) { _ = try $0.pragma("query_only = ON") }
        await #expect(throws: StoreError.unavailable("its file or folder is read-only")) {
            try await store.append(Self.note("refused"))
        }
        #expect(try await Self.subjects(store) == ["kept"])
    }

    @Test func `a lock that another process keeps refuses writes as unavailable and still reads`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.writer.write(.statement) { _ = try $0.pragma("busy_timeout = 20") }
        let other = try DatabaseQueue(path: path)
        try await other.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE; COMMIT")
        }
        let (held, signal) = AsyncStream<Void>.makeStream()
        let release = DispatchSemaphore(value: 0)
        other.asyncWriteWithoutTransaction { db in
            try? db.execute(sql: "BEGIN IMMEDIATE")
            signal.finish()
            release.wait()
            try? db.execute(sql: "COMMIT")
        }
        for await _ in held {}
        await #expect(throws: StoreError.unavailable("another process holds its lock")) { try await store.checkReady() }
        await #expect(throws: StoreError.unavailable("another process holds its lock")) {
            try await store.append(Self.note("refused"))
        }
        #expect(try await Self.subjects(store).isEmpty)
        release.signal()
        try await store.writer.write(.statement) { _ = try $0.pragma("busy_timeout = 5000") }
    }

    @Test func `closing finishes what waits and refuses what comes later`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        let gate = try await Gate(store.writer)
        let waiting = (0..<5).map { index in Task { try await store.append(Self.note("\(index)")) } }
        while store.writer.waitingCount < 5 { await Task.yield() }
        async let closing: Void = store.close()
        try await gate.open()
        for task in waiting { try await task.value }
        try await closing
        await #expect(throws: StoreError.unavailable("it was closed")) { try await store.append(Self.note("late")) }
        await #expect(throws: StoreError.unavailable("it was closed")) { _ = try await store.lastChange() }
        let again = try await SQLiteStore.open(path: path)
        #expect(try await Self.subjects(again) == Set((0..<5).map(String.init)))
    }

    @Test func `what a failed write says names tables and columns, never a value`() async throws {
        let store = try await SQLiteStore.inMemory()
        let value = "an-address-that-is-taken@example.com"
        let insert =
            "INSERT INTO accounts (id, email, name, time_zone, state, password_hash, created_at) VALUES (?, ?, '', '', ?, ?, 0)"
        for id in ["a", "b"] {
            let values: [StoredValue] = [
                .text(String(repeating: id, count: 24)), .text(value), .text("active"), .text("secret-hash"),
            ]
            do {
                try await store.writer.write(.statement) { _ = try $0.run(insert, values) }
            } catch let error as StoreError {
                #expect(error.summary.contains("accounts.email"))
                #expect(!error.summary.contains(value))
                #expect(!error.summary.contains("secret-hash"))
            }
        }
    }
}
