import GRDB
import SluiceAuthority

/// The schema's version in the file, and the way from one version to the next.
///
/// The version is SQLite's `user_version`, which is part of the transaction that changes it.
enum Schema {
    /// Marks the file as ours: "Sluc".
    static let applicationID: Int64 = 0x536C_7563

    /// The version that this binary writes.
    static let newest = Migration.all.last?.number ?? 0

    /// Stops at a database that a newer binary or another program wrote, before anything in it is touched.
    static func refuseForeign(_ db: Database) throws {
        let found = try version(db)
        let owner = try db.pragma("application_id")
        if owner != .integer(applicationID) {
            let isEmpty = try db.row("SELECT 1 FROM sqlite_schema LIMIT 1", [], { _ in true }) == nil
            guard isEmpty, owner == .integer(0), found == 0 else {
                throw StoreError.corrupt("the file is another program's database")
            }
        }
        guard found <= newest else { throw StoreError.newerSchema(found: found, known: newest) }
    }

    /// Brings the database to the newest version. Of several processes that start together one does it and the others wait.
    static func migrate(_ db: Database, _ migrations: [Migration] = Migration.all) throws {
        guard let last = migrations.last, try version(db) < last.number else { return }
        try db.run("BEGIN EXCLUSIVE")
        do {
            // Again under the lock: another process may have been faster, even a newer one.
            try refuseForeign(db)
            let found = try version(db)
            for migration in migrations where migration.number > found {
                try db.execute(sql: migration.sql)
                try db.run("PRAGMA user_version = \(migration.number)")
            }
            try db.run("PRAGMA application_id = \(applicationID)")
            try db.run("COMMIT")
        } catch {
            db.rollBack()
            throw error
        }
    }

    /// The version in the file; 0 for an empty one.
    static func version(_ db: Database) throws -> Int {
        guard case .integer(let number) = try db.pragma("user_version") else { return 0 }
        return Int(number)
    }
}
