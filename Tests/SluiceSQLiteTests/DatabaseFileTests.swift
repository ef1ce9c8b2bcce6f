import Foundation
import GRDB
import SluiceAuthority
import Testing

@testable import SluiceSQLite

@Suite struct DatabaseFileTests {
    private static func note(_ text: String) -> AuditEvent {
        AuditEvent(.signInFailed, at: Date(timeIntervalSince1970: 1), subject: text, trace: .maintenance)
    }

    private static func rights(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Makes a database as another program, or another version of this one, would.
    private static func prepare(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private static func isUnavailable(_ error: any Error) -> Bool {
        if case .unavailable = error as? StoreError { true } else { false }
    }

    @Test func `a new database is readable for its owner alone, companion files too`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.append(Self.note("x"))
        for suffix in ["", "-wal", "-shm"] { #expect(try Self.rights(path + suffix) == 0o600) }
    }

    @Test func `the writing connection reads back WAL, synchronous=FULL and foreign keys`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let settings = try await store.writer.write(.statement) { db in
            try ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint", "busy_timeout"].map {
                try db.pragma($0)
            }
        }
        #expect(settings == [.text("wal"), .integer(2), .integer(1), .integer(4_000), .integer(5_000)])
    }

    @Test func `what was written is there after a reopening, and the schema is not applied again`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.append(Self.note("kept"))
        try await store.close()
        let again = try await SQLiteStore.open(path: path)
        #expect(try await again.events(account: nil, SliceRequest()).elements.map(\.subject) == ["kept"])
        #expect(try await again.schemaVersion() == SQLiteStore.newestSchemaVersion)
    }

    @Test func `ten that open one new database at the same moment all get it whole`() async throws {
        let path = Scratch.newPath()
        let versions = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 { group.addTask { try await SQLiteStore.open(path: path).schemaVersion() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions == Array(repeating: SQLiteStore.newestSchemaVersion, count: 10))
    }

    @Test func `a newer binary's database is refused and stays as it is, byte for byte`() async throws {
        let path = Scratch.newPath()
        let newer = SQLiteStore.newestSchemaVersion + 1
        try Self.prepare(
            path, "CREATE TABLE t (x); PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(newer)")
        let before = try Data(contentsOf: URL(filePath: path))
        await #expect(throws: StoreError.newerSchema(found: newer, known: newer - 1)) {
            _ = try await SQLiteStore.open(path: path)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func `another program's database is refused and stays as it is`() async throws {
        for sql in ["CREATE TABLE t (x)", "PRAGMA application_id = 77", "PRAGMA user_version = 1"] {
            let path = Scratch.newPath()
            try Self.prepare(path, sql)
            let before = try Data(contentsOf: URL(filePath: path))
            await #expect(throws: StoreError.corrupt("the file is another program's database")) {
                _ = try await SQLiteStore.open(path: path)
            }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test func `a file that is no database is refused and stays as it is`() async throws {
        let path = Scratch.newPath()
        let bytes = Data(repeating: 0x2A, count: 8_192)
        try bytes.write(to: URL(filePath: path))
        await #expect(throws: StoreError.corrupt("the file is not a database")) {
            _ = try await SQLiteStore.open(path: path)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test func `a missing folder, or a folder in the file's place, is unavailable`() async throws {
        await #expect(
            performing: { _ = try await SQLiteStore.open(path: Scratch.newPath() + "/sub/x.sqlite") },
            throws: Self.isUnavailable)
        let folder = Scratch.newPath()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        await #expect(performing: { _ = try await SQLiteStore.open(path: folder) }, throws: Self.isUnavailable)
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser writes to read-only files"))
    func `a read-only file opens for reading, and its writes are unavailable`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.append(Self.note("kept"))
        try await store.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
        await #expect(
            performing: { try await SQLiteStore.open(path: path).append(Self.note("refused")) },
            throws: Self.isUnavailable)
    }

    @Test func `a migration that fails half-way leaves the schema as it was`() throws {
        let queue = try DatabaseQueue()
        let migrations = [
            Migration(number: 1, sql: "CREATE TABLE first (x)"),
            Migration(number: 2, sql: "CREATE TABLE second (x); NONSENSE"),
        ]
        try queue.writeWithoutTransaction { db in
            #expect(throws: (any Error).self) { try Schema.migrate(db, migrations) }
            #expect(try Schema.version(db) == 0)
            #expect(try db.rows("SELECT name FROM sqlite_schema") { $0.text(0) }.isEmpty)
            try Schema.migrate(db, [migrations[0]])
            #expect(throws: (any Error).self) { try Schema.migrate(db, migrations) }
            #expect(try Schema.version(db) == 1)
        }
    }

    @Test func `migrations are numbered from 1 without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test func `the audit log refuses to change or lose an event, whoever asks`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.append(Self.note("kept"))
        let other = try DatabaseQueue(path: path)
        for sql in [
            "UPDATE audit_events SET subject = 'forged'", "DELETE FROM audit_events",
            "REPLACE INTO audit_events SELECT * FROM audit_events",
        ] {
            #expect(throws: (any Error).self) { try other.writeWithoutTransaction { try $0.execute(sql: sql) } }
        }
        #expect(try await store.events(account: nil, SliceRequest()).elements.map(\.subject) == ["kept"])
    }

    @Test func `every list and every read by key uses an index`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let queries = [
            "SELECT * FROM grants WHERE id = 'x'", "SELECT * FROM grants WHERE code_hash = x'00'",
            "SELECT * FROM grants WHERE decision = 'x'", "SELECT * FROM api_keys WHERE hash = x'00'",
            "SELECT * FROM sessions WHERE hash = x'00'", "SELECT * FROM sessions WHERE account_id = 'x'",
            "SELECT * FROM accounts WHERE email = 'x'", "SELECT * FROM client_secrets WHERE client_id = 'x'",
            "SELECT * FROM grants WHERE account_id = 'x' AND (created_at, id) < (1, 'x') ORDER BY created_at DESC, id DESC LIMIT 9",
            "SELECT * FROM grants WHERE client_id = 'x' AND (created_at, id) < (1, 'x') ORDER BY created_at DESC, id DESC LIMIT 9",
            "SELECT * FROM grants WHERE (created_at, id) < (1, 'x') ORDER BY created_at DESC, id DESC LIMIT 9",
            "SELECT * FROM clients WHERE owner_id = 'x' AND (created_at, id) < (1, 'x') ORDER BY created_at DESC, id DESC LIMIT 9",
            "SELECT * FROM audit_events WHERE account_id = 'x' AND sequence < 9 ORDER BY sequence DESC LIMIT 9",
            "SELECT * FROM audit_events WHERE request_id = 'x' ORDER BY sequence LIMIT 9",
            "SELECT * FROM changes WHERE at >= 1",
            "SELECT id FROM grants WHERE state = 'pending' AND code_expires_at < 1",
            "SELECT id FROM grants WHERE state = 'revoked' AND revoked_at < 1",
        ]
        try store.reader.read { db in
            for query in queries {
                for step in try db.rows("EXPLAIN QUERY PLAN " + query, [], { $0.text(3) ?? "" }) {
                    #expect(!step.hasPrefix("SCAN") && !step.contains("TEMP B-TREE"), "\(query): \(step)")
                }
            }
        }
    }

    @Test func `a backup is a whole database, made while others write, and never overwrites`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        try await store.append(Self.note("before"))
        let writing = Task { for index in 0..<200 { try await store.append(Self.note("\(index)")) } }
        let copy = Scratch.newPath()
        try await store.backup(to: copy)
        try await writing.value
        #expect(try Self.rights(copy) == 0o600)
        let restored = try await SQLiteStore.open(path: copy)
        let subjects = try await restored.events(account: nil, SliceRequest(limit: 200)).elements.compactMap(\.subject)
        #expect(subjects.last == "before")
        // What it holds is a beginning of what was written, without a hole.
        #expect(subjects.dropLast().reversed() == (0..<subjects.count - 1).map(String.init))
        #expect(try await restored.integrityCheck().isEmpty)

        let bytes = Data("precious".utf8)
        let taken = Scratch.newPath()
        try bytes.write(to: URL(filePath: taken))
        await #expect(performing: { try await store.backup(to: taken) }, throws: Self.isUnavailable)
        await #expect(performing: { try await store.backup(to: path) }, throws: Self.isUnavailable)
        #expect(try Data(contentsOf: URL(filePath: taken)) == bytes)
        await #expect(
            performing: { try await store.backup(to: Scratch.newPath() + "/none/x") }, throws: Self.isUnavailable)
    }

    @Test func `a database in memory can be backed up`() async throws {
        let store = try await SQLiteStore.inMemory()
        try await store.append(Self.note("kept"))
        let copy = Scratch.newPath()
        try await store.backup(to: copy)
        let restored = try await SQLiteStore.open(path: copy)
        #expect(try await restored.events(account: nil, SliceRequest()).elements.map(\.subject) == ["kept"])
    }

    @Test func `damage in the file is found`() async throws {
        let path = Scratch.newPath()
        let store = try await SQLiteStore.open(path: path)
        for index in 0..<200 { try await store.append(Self.note("\(index)")) }
        #expect(try await store.integrityCheck().isEmpty)
        try await store.close()
        try Self.prepare(
            path, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'audit_events_of_request'")
        let damaged = try await SQLiteStore.open(path: path)
        #expect(try await !damaged.integrityCheck().isEmpty)
    }
}
