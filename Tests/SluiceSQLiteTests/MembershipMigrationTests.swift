import Foundation
import GRDB
import SluiceAuthority
import Testing

@testable import SluiceSQLite

@Suite struct MembershipMigrationTests {
    /// A database as the version before memberships left it.
    private static func former() throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: DatabaseFile.configuration(label: "former"))
        try queue.writeWithoutTransaction { db in
            try Schema.migrate(db, Array(Migration.all.prefix(1)))
            for (id, state) in [("a", "active"), ("d", "disabled"), ("c", "closed")] {
                let isClosed = state == "closed"
                try db.run(
                    "INSERT INTO accounts VALUES (?, ?, 'Name', 'UTC', ?, ?, 1)",
                    [
                        .text(long(id)), isClosed ? .null : .text("\(id)@example.com"), .text(state),
                        isClosed ? .null : .text("hash"),
                    ])
            }
            for (id, owner, moment) in [("2", "a", 20), ("1", "a", 10), ("3", "d", 30), ("4", "c", 40)] {
                try db.run(
                    "INSERT INTO organizations VALUES (?, 'Name', ?, ?)",
                    [.text(long(id)), .text(long(owner)), .number(moment)])
            }
        }
        return queue
    }

    private static func long(_ digit: String) -> String { String(repeating: digit, count: 24) }

    @Test func `owners become members, oldest first, and what nobody can own any more goes`() throws {
        try Self.former().writeWithoutTransaction { db in
            try Schema.migrate(db)
            let rows = try db.rows("SELECT organization_id, account_id, role, joined_at FROM memberships ORDER BY number") {
                [$0.text(0) ?? "", $0.text(1) ?? "", $0.text(2) ?? "", "\($0.integer(3))"]
            }
            #expect(
                rows
                    == [("1", "a", 10), ("2", "a", 20), ("3", "d", 30)].map {
                        [Self.long($0.0), Self.long($0.1), "owner", "\($0.2)"]
                    })
            #expect(try db.rows("SELECT id FROM organizations") { $0.text(0) }.count == 3)
            #expect(try db.rows("PRAGMA foreign_key_check") { _ in true }.isEmpty)
        }
    }

    @Test func `the schema itself forbids a second owner and a second membership`() throws {
        try Self.former().writeWithoutTransaction { db in
            try Schema.migrate(db)
            for (member, role) in [("d", "owner"), ("a", "member")] {
                #expect(throws: StoreError.self) {
                    try db.run(
                        "INSERT INTO memberships (organization_id, account_id, role, joined_at) VALUES (?, ?, ?, 1)",
                        [.text(Self.long("1")), .text(Self.long(member)), .text(role)])
                }
            }
        }
    }

    @Test func `looks at memberships and invitations use an index`() async throws {
        let store = try await SQLiteStore.open(path: Scratch.newPath())
        let queries = [
            "SELECT \(Organization.columns) FROM \(Organization.tables) WHERE o.id = 'x'",
            """
            SELECT \(Organization.columns) FROM \(Organization.tables)
            JOIN memberships m ON m.organization_id = o.id AND m.account_id = 'x' ORDER BY m.joined_at, m.number LIMIT 9
            """,
            """
            SELECT \(Organization.columns) FROM \(Organization.tables)
            WHERE (o.created_at, o.id) < (1, 'x') ORDER BY o.created_at DESC, o.id DESC LIMIT 9
            """,
            "SELECT role FROM memberships WHERE organization_id = 'x' AND account_id = 'y'",
            "SELECT count(*) FROM memberships WHERE organization_id = 'x'",
            "SELECT role FROM memberships WHERE account_id = 'x' ORDER BY joined_at, number LIMIT 9",
            """
            SELECT a.name FROM memberships m JOIN accounts a ON a.id = m.account_id
            WHERE m.organization_id = 'x' AND (m.joined_at, m.account_id) < (1, 'x')
            ORDER BY m.joined_at DESC, m.account_id DESC LIMIT 9
            """,
            "SELECT * FROM invitations WHERE hash = x'00'",
            "SELECT * FROM invitations WHERE organization_id = 'x' ORDER BY created_at DESC, id DESC LIMIT 9",
        ]
        try store.reader.read { db in
            for query in queries {
                for step in try db.rows("EXPLAIN QUERY PLAN " + query, [], { $0.text(3) ?? "" }) {
                    #expect(!step.hasPrefix("SCAN") && !step.contains("TEMP B-TREE"), "\(query): \(step)")
                }
            }
        }
    }
}
