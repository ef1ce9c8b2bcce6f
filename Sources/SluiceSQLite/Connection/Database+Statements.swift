import GRDB
import GRDBSQLite
import SluiceAuthority

/// Statements on a connection, without the library's per-call cost.
///
/// GRDB prepares and caches the statements and owns the connection; binding, stepping and reading columns go to SQLite directly,
/// because at twenty thousand steps a second the argument arrays and row objects in between cost more than the statement.
extension Database {
    /// Runs a statement and reads its rows.
    func rows<Value>(_ sql: String, _ values: [StoredValue] = [], _ read: (LiveRow) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        try each(sql, values) { found.append(try read($0)) }
        return found
    }

    /// Runs a statement and reads its first row; `nil` if it has none.
    func row<Value>(_ sql: String, _ values: [StoredValue] = [], _ read: (LiveRow) throws -> Value) throws -> Value? {
        var found: Value?
        try each(sql, values) { if found == nil { found = try read($0) } }
        return found
    }

    /// Runs a statement that changes rows.
    /// - Returns: How many it changed; without those that triggers or foreign keys changed.
    @discardableResult
    func run(_ sql: String, _ values: [StoredValue] = []) throws -> Int {
        try each(sql, values) { _ in }
        return Int(sqlite3_changes(sqliteConnection))
    }

    /// Whether no transaction is open on the connection.
    var isOutsideTransaction: Bool { sqlite3_get_autocommit(sqliteConnection) != 0 }

    /// Leaves the transaction, if one is open, and drops what it wrote. Only ever called after a failure, which is what gets told.
    func rollBack() {
        if !isOutsideTransaction { _ = try? run("ROLLBACK") }
    }

    private func each(_ sql: String, _ values: [StoredValue], _ read: (LiveRow) throws -> Void) throws {
        // Kept by the library until the connection closes, so the pointer outlives this call.
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            guard Self.bind(value, to: statement, at: CInt(index + 1)) == SQLITE_OK else { throw failure() }
        }
        // Always to the end: a statement with RETURNING checks foreign keys only when it finishes.
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try read(LiveRow(statement: statement))
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func failure() -> StoreError {
        StoreError(
            sqlite: sqlite3_extended_errcode(sqliteConnection),
            message: String(cString: sqlite3_errmsg(sqliteConnection)))
    }

    // SQLITE_TRANSIENT, which asks SQLite to copy what it is given. The header spells it as a cast that Swift cannot import.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)  // safe because SQLite never calls it

    private static func bind(_ value: StoredValue, to statement: OpaquePointer, at index: CInt) -> CInt {
        switch value {
        case .null:
            return sqlite3_bind_null(statement, index)
        case .integer(let number):
            return sqlite3_bind_int64(statement, index, number)
        case .real(let number):
            return sqlite3_bind_double(statement, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty buffer may have no address, which SQLite would take for NULL.
                guard let start = bytes.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, copied) }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(statement, index, $0, CInt(clamping: bytes.count), copied)
                }
            }
        case .blob(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes {
                sqlite3_bind_blob(statement, index, $0.baseAddress, CInt(clamping: $0.count), copied)
            }
        }
    }
}
