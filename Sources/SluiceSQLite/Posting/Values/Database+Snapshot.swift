import GRDB

extension Database {
    /// Runs several reading statements on one state of the database.
    func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        try run("SAVEPOINT snapshot")
        // Nothing was written, so there is nothing that could fail to be kept.
        defer { _ = try? run("RELEASE snapshot") }
        return try body()
    }

    /// Whether an organization exists.
    func knows(_ organization: StoredValue) throws -> Bool {
        try row("SELECT 1 FROM organizations WHERE id = ?", [organization]) { _ in true } ?? false
    }
}
