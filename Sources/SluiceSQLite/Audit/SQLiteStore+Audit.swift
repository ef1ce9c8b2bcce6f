import Foundation
import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Appends an event that belongs to no other step.
    package func append(_ event: AuditEvent) async throws {
        try await writer.write(.statement) { try $0.append(event) }
    }

    /// Events, newest first; of one account, or all.
    package func events(account: AccountID?, _ page: SliceRequest) async throws -> Slice<AuditEvent> {
        let start = page.after.map { Int64($0) } ?? .max
        guard let start else { return Slice(elements: [], next: nil) }
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(AuditEvent.columns) FROM audit_events
                WHERE sequence < ?\(account == nil ? "" : " AND account_id = ?") ORDER BY sequence DESC LIMIT ?
                """,
                [.integer(start)] + (account.map { [.id($0)] } ?? []) + [.number(page.limit + 1)]
            ) { (sequence: $0.integer(0), event: try AuditEvent($0)) }
        }
        let shown = rows.prefix(page.limit)
        return Slice(
            elements: shown.map(\.event), next: rows.count > page.limit ? shown.last.map { "\($0.sequence)" } : nil)
    }

    /// Events of one request, oldest first; at most 50.
    package func events(requestID: String) async throws -> [AuditEvent] {
        try reader.read { db in
            try db.rows(
                "SELECT \(AuditEvent.columns) FROM audit_events WHERE request_id = ? ORDER BY sequence LIMIT 50",
                [.text(requestID)]
            ) { try AuditEvent($0) }
        }
    }
}

extension Database {
    /// Appends an event in the step that caused it.
    func append(_ event: AuditEvent) throws {
        try run(
            """
            INSERT INTO audit_events (kind, at, account_id, client_id, subject, address, user_agent, request_id, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.kind.rawValue), .moment(event.at), .id(event.accountID), .id(event.clientID),
                .maybe(event.subject),
                .text(event.trace.address), .text(event.trace.userAgent), .text(event.trace.requestID),
                .text(try event.detailsText()),
            ])
    }
}

extension AuditEvent {
    fileprivate static let columns =
        "sequence, kind, at, account_id, client_id, subject, address, user_agent, request_id, details"

    // A list of pairs, not an object: the order of the details is part of what an event says.
    fileprivate func detailsText() throws -> String {
        if details.isEmpty { return "[]" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(details.map { [$0.name, $0.value] }), as: UTF8.self)
    }

    fileprivate init(_ row: some Columns) throws {
        let pairs = try? JSONDecoder().decode([[String]].self, from: Data((row.text(9) ?? "").utf8))
        self.init(
            try row.present(row.text(1).flatMap(Kind.init), "audit_events.kind"), at: row.moment(2),
            account: row.isNull(3) ? nil : try row.id(3, "audit_events.account_id"),
            client: row.isNull(4) ? nil : try row.id(4, "audit_events.client_id"), subject: row.text(5),
            trace: RequestTrace(address: row.text(6) ?? "", userAgent: row.text(7) ?? "", requestID: row.text(8) ?? ""),
            details: try row.present(pairs, "audit_events.details").compactMap {
                $0.count == 2 ? Detail($0[0], $0[1]) : nil
            })
    }
}
