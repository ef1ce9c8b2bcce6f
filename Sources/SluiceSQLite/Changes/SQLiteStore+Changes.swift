package import Foundation
import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// The changes behind `sequence`, oldest first; at most 1,000.
    package func changes(after sequence: Int64) async throws -> [Change] {
        try reader.read { db in
            try db.rows(
                "SELECT sequence, kind, id, at FROM changes WHERE sequence > ? ORDER BY sequence LIMIT 1000",
                [.integer(sequence)]
            ) { try Change($0) }
        }
    }

    /// The changes at or after `date`, oldest first, all of them.
    package func changes(since date: Date) async throws -> [Change] {
        try await reader.scan { db in
            try db.rows(
                "SELECT sequence, kind, id, at FROM changes WHERE at >= ? ORDER BY sequence", [.moment(date)]
            ) { try Change($0) }
        }
    }

    /// The greatest sequence ever given, 0 for none; sweeping does not lower it.
    package func lastChange() async throws -> Int64 {
        try reader.read { db in
            try db.row("SELECT seq FROM sqlite_sequence WHERE name = 'changes'") { $0.integer(0) } ?? 0
        }
    }

    /// Deletes changes from before `date`.
    package func sweepChanges(before date: Date) async throws {
        // A thousand at a time: requests' writes go between.
        while try await writer.write(
            .statement,
            { db in
                try db.run(
                    "DELETE FROM changes WHERE sequence IN (SELECT sequence FROM changes WHERE at < ? LIMIT 1000)",
                    [.moment(date)])
            }) == 1000
        {}
    }
}

extension Database {
    /// Notes a change in the step that caused it.
    func note(_ subject: Change.Subject, at now: Date) throws {
        let (kind, id) = subject.columns
        try run("INSERT INTO changes (kind, id, at) VALUES (?, ?, ?)", [.text(kind), .text(id), .moment(now)])
    }
}

extension Change {
    fileprivate init(_ row: some Columns) throws {
        let subject = Subject(kind: row.text(1) ?? "", id: row.text(2) ?? "")
        self.init(sequence: row.integer(0), subject: try row.present(subject, "changes.kind"), at: row.moment(3))
    }
}
