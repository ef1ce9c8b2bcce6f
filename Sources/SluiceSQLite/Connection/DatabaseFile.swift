import Foundation
import GRDB
import GRDBSQLite
import SluiceAuthority

/// The database's file, and how connections to it are opened.
struct DatabaseFile: Sendable {
    /// Where it lies.
    let path: String

    /// How long a connection waits for another process's lock.
    static let lockPatience: TimeInterval = 5

    /// Pages in the write-ahead log before a commit also moves them into the file: 16 MiB. The default of 4 MiB makes a loaded
    /// server pay for that move, two syncs, every few dozen commits.
    static let checkpointPages = 4_000

    /// Makes the file, readable for its owner alone, unless it exists. SQLite gives its companion files the same rights.
    /// - Returns: Whether it was made now.
    @discardableResult
    func create() throws -> Bool {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return true
        }
        let reason = errno
        guard reason != EEXIST else { return false }
        throw StoreError.unavailable("its file cannot be made: \(String(cString: strerror(reason)))")
    }

    /// The connection that writes: WAL, every commit on the disk before it returns.
    func openWriter() throws -> DatabaseQueue {
        try StoreError.translating {
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration(label: "sluice.writer"))
            try queue.writeWithoutTransaction { db in
                // First of all, before anything could change the file.
                try Schema.refuseForeign(db)
                try Self.enterWAL(db)
                try Self.makeDurable(db)
            }
            return queue
        }
    }

    /// A connection that only reads.
    func openReader() throws -> DatabaseQueue {
        try StoreError.translating {
            var configuration = Self.configuration(label: "sluice.reader")
            configuration.readonly = true
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    /// A connection's settings.
    static func configuration(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.busyMode = .timeout(lockPatience)
        configuration.foreignKeysEnabled = true
        return configuration
    }

    /// Sets what an acknowledged commit rests on, and believes only what the connection reads back: a library or an older
    /// SQLite that resets it would lose acknowledged writes silently.
    static func makeDurable(_ db: Database) throws {
        try db.run("PRAGMA synchronous = FULL")
        try db.run("PRAGMA wal_autocheckpoint = \(checkpointPages)")
        try db.run("PRAGMA journal_size_limit = 67108864")
        try db.run("PRAGMA cache_size = -8192")
        guard try db.pragma("synchronous") == .integer(2) else {
            throw StoreError.unavailable("it does not take synchronous=FULL")
        }
        guard try db.pragma("foreign_keys") == .integer(1) else {
            throw StoreError.unavailable("it does not check foreign keys")
        }
    }

    /// Turns the write-ahead log on. SQLite does not wait for a lock here, so two processes that start together would fail.
    private static func enterWAL(_ db: Database) throws {
        let patienceEnds = Date(timeIntervalSinceNow: lockPatience)
        while true {
            do {
                guard try db.pragma("journal_mode = WAL") == .text("wal") else {
                    throw StoreError.unavailable("its file system does not allow a write-ahead log")
                }
                return
            } catch {
                let isBusy = sqlite3_errcode(db.sqliteConnection) & 0xFF == SQLITE_BUSY
                guard isBusy, Date() < patienceEnds else { throw error }
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }
}

extension Database {
    /// The answer of a pragma.
    func pragma(_ text: String) throws -> StoredValue {
        try row("PRAGMA \(text)") { $0.value(0) } ?? .null
    }
}
