import GRDB
import GRDBSQLite
import SluiceAuthority

extension StoreError {
    /// What a SQLite result code means to whoever runs the server.
    /// - Parameter message: SQLite's own words. Used only where they name tables and columns; they are never shown where they
    ///   could hold a piece of a statement.
    init(sqlite code: CInt, message: String) {
        // The low byte is the kind of failure, the rest its variety.
        switch code & 0xFF {
        case SQLITE_FULL:
            self = .unavailable("there is no space left on its disk, or a quota is used up")
        case SQLITE_IOERR:
            self = .unavailable("its disk reports an error (SQLite code \(code))")
        case SQLITE_READONLY:
            self = .unavailable("its file or folder is read-only")
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            self = .unavailable("another process holds its lock")
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            self = .unavailable("its file cannot be opened: does the folder exist, and may this user write there?")
        case SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_NOLFS:
            self = .unavailable("the system is out of memory or stopped the step (SQLite code \(code))")
        case SQLITE_NOTADB:
            self = .corrupt("the file is not a database")
        case SQLITE_CORRUPT:
            self = .corrupt("the file is damaged; restore a backup")
        case SQLITE_CONSTRAINT:
            self = .corrupt("a write broke a rule of the schema (\(message))")
        default:
            self = .corrupt("SQLite code \(code)")
        }
    }

    /// Any failure of a step, as a `StoreError` if it came from the database.
    static func from(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return StoreError(sqlite: error.extendedResultCode.rawValue, message: error.message ?? "")
    }

    /// Runs `work` and makes the library's errors ours.
    static func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch { throw from(error) }
    }
}
