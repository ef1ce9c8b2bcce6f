import GRDB
import Testing

@testable import SluiceSQLite

@Suite struct PostingMigrationTests {
    @Test func `what waits for another attempt is still held back after the migration, and nothing else is`() throws {
        let queue = try DatabaseQueue(configuration: DatabaseFile.configuration(label: "former"))
        try queue.writeWithoutTransaction { db in
            try Schema.migrate(db, Migration.all.filter { $0.number < 5 })
            let (organization, channel) = (String(repeating: "a", count: 24), String(repeating: "b", count: 24))
            try db.run("INSERT INTO organizations (id, name, created_at) VALUES (?, 'O', 0)", [.text(organization)])
            let days = Array(repeating: #"{"isPaused":false,"times":[]}"#, count: 7).joined(separator: ",")
            try db.run(
                """
                INSERT INTO channels (id, organization_id, service, type, service_id, name, time_zone, schedule, is_queue_paused,
                    is_locked, is_disconnected, facts, publisher, created_at, updated_at)
                VALUES (?, ?, 'mastodon', 'profile', '1', 'N', 'UTC', ?, 0, 0, 0, '{}', 'outbox', 0, 0)
                """, [.text(channel), .text(organization), .text("{\"days\":[\(days)]}")])
            for (digit, status, wakes) in [("1", "scheduled", 40), ("2", "scheduled", 10), ("3", "sending", 70)] {
                try db.run(
                    """
                    INSERT INTO posts (id, channel_id, organization_id, text, assets, status, due_at, share_mode, scheduling_type,
                        via, metrics, is_ai_assisted, created_at, updated_at, wakes_at, attempt, claimed_version)
                    VALUES (?, ?, ?, 'T', '[]', ?, 10, 'shareNow', 'automatic', 'api', '[]', 0, 0, 0, ?, 1, 0)
                    """,
                    [
                        .text(String(repeating: digit, count: 24)), .text(channel), .text(organization), .text(status),
                        .number(wakes),
                    ])
            }
            try Schema.migrate(db)
            let held = try db.rows("SELECT not_before FROM posts ORDER BY id") { $0.isNull(0) ? nil : $0.integer(0) }
            #expect(held == [40, nil, nil])
        }
    }
}
