import Foundation
import GRDB
import SluiceAuthority
import SluicePosting

/// The embedded engine: everything in one SQLite file.
///
/// An answer that was given is on the disk (WAL, `synchronous=FULL`); writes that wait together share one sync.
package final class SQLiteStore: AuthorityStore, PostingStore {
    /// The schema's version that this binary writes and expects.
    package static var newestSchemaVersion: Int { Schema.newest }

    let writer: GroupCommitWriter
    let reader: Reader
    /// `nil` in memory.
    private let file: DatabaseFile?
    private let database: DatabaseQueue

    private init(_ database: DatabaseQueue, file: DatabaseFile?, onCommit: (@Sendable (Int) -> Void)?) {
        self.database = database
        self.file = file
        writer = GroupCommitWriter(database, onCommit: onCommit)
        reader = file.map { Reader($0) } ?? Reader(sharing: database)
    }

    /// Opens the database at `path`, makes it (0600) if it is missing, and brings its schema up to date.
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - onCommit: Is told the number of steps that each commit carried.
    /// - Throws: `StoreError.newerSchema` for a newer binary's database, which stays untouched; `StoreError.corrupt` for another
    ///   program's; `StoreError.unavailable` if it cannot be opened, read or written.
    package static func open(path: String, onCommit: (@Sendable (Int) -> Void)? = nil) async throws -> SQLiteStore {
        try await onOwnThread {
            let file = DatabaseFile(path: path)
            try file.create()
            let database = try file.openWriter()
            try StoreError.translating { try database.writeWithoutTransaction { try Schema.migrate($0) } }
            return SQLiteStore(database, file: file, onCommit: onCommit)
        }
    }

    /// A fresh database in memory, for tests: same schema, same rules, gone with its last reference.
    package static func inMemory(onCommit: (@Sendable (Int) -> Void)? = nil) async throws -> SQLiteStore {
        try StoreError.translating {
            let database = try DatabaseQueue(configuration: DatabaseFile.configuration(label: "sluice.memory"))
            try database.writeWithoutTransaction { db in
                try DatabaseFile.makeDurable(db)
                try Schema.migrate(db)
            }
            return SQLiteStore(database, file: nil, onCommit: onCommit)
        }
    }

    /// Finishes what waits and closes the file; every later call is told `StoreError.unavailable`.
    package func close() async throws {
        try await onOwnThread { [self] in
            // The writer last: the last connection to close moves the write-ahead log into the file.
            try reader.close()
            try writer.close()
        }
    }

    /// Writes a copy, consistent in itself, while the store is in use.
    /// - Parameter path: Where to; a file that exists there is refused and left alone.
    package func backup(to path: String) async throws {
        try await onOwnThread { [self] in
            let target = DatabaseFile(path: path)
            guard try target.create() else {
                throw StoreError.unavailable("a file of that name exists; a backup never overwrites")
            }
            do {
                try StoreError.translating {
                    // From a connection of its own: copying from the writer's would hold up every write.
                    let source = try file?.openReader() ?? database
                    let copy = try DatabaseQueue(path: path)
                    try source.backup(to: copy)
                    try copy.close()
                }
            } catch {
                for suffix in ["", "-wal", "-shm", "-journal"] {
                    try? FileManager.default.removeItem(atPath: path + suffix)
                }
                throw error
            }
        }
    }

    /// The schema's version in the file.
    package func schemaVersion() async throws -> Int { try reader.read { try Schema.version($0) } }

    /// Looks through the whole file for damage; takes long on a large one.
    /// - Returns: What is wrong, a sentence each; empty if nothing is.
    package func integrityCheck() async throws -> [String] {
        try await reader.scan { db in
            let damage = try db.rows("PRAGMA integrity_check(20)") { $0.text(0) ?? "" }.filter { $0 != "ok" }
            let orphans = try db.rows("PRAGMA foreign_key_check") {
                "a row of \($0.text(0) ?? "?") refers to a missing row"
            }
            return damage + orphans.prefix(20)
        }
    }

    /// Takes and gives back the write lock, and reads a row.
    package func checkReady() async throws {
        try await writer.write(.statement) { db in
            _ = try db.row("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        }
    }
}
