package import Foundation
import GRDB
package import SluiceAuthority
import SluiceOAuth

extension SQLiteStore {
    /// Every signing key that is not deleted, oldest first.
    package func signingKeys() async throws -> [SigningKeyRecord] {
        try reader.read { db in
            try db.rows(
                """
                SELECT key_id, algorithm, sealed, created_at, activates_at, retires_at FROM signing_keys ORDER BY sequence
                """
            ) { row in
                SigningKeyRecord(
                    keyID: row.text(0) ?? "",
                    algorithm: try row.present(row.text(1).flatMap(SignatureAlgorithm.init), "signing_keys.algorithm"),
                    sealed: row.blob(2), createdAt: row.moment(3), activatesAt: row.moment(4),
                    retiresAt: row.maybeMoment(5))
            }
        }
    }

    /// Adds a key in one step, with the end of the keys it replaces.
    package func add(
        _ key: SigningKeyRecord, after newest: String?, retirement: Date?, audit: AuditEvent
    ) async throws -> Bool {
        try await writer.write(.several) { db in
            // `IS`, not `=`: no key at all must equal the `nil` of whoever believes so.
            let made = try db.run(
                """
                INSERT INTO signing_keys (key_id, algorithm, sealed, created_at, activates_at, retires_at)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6
                WHERE (SELECT key_id FROM signing_keys ORDER BY sequence DESC LIMIT 1) IS ?7
                """,
                [
                    .text(key.keyID), .text(key.algorithm.rawValue), .blob(key.sealed), .moment(key.createdAt),
                    .moment(key.activatesAt), .moment(key.retiresAt), .maybe(newest),
                ])
            guard made == 1 else { return false }
            if let retirement {
                // Never later than it was: an end that is moved out would bring a key back.
                try db.run(
                    "UPDATE signing_keys SET retires_at = min(coalesce(retires_at, ?1), ?1) WHERE key_id <> ?2",
                    [.moment(retirement), .text(key.keyID)])
            }
            try db.note(.signingKeys, at: audit.at)
            try db.append(audit)
            return true
        }
    }

    /// Deletes keys that retired before `date`.
    package func sweepSigningKeys(before date: Date) async throws {
        try await writer.write(.statement) { db in
            _ = try db.run("DELETE FROM signing_keys WHERE retires_at < ?", [.moment(date)])
        }
    }

    /// A sealed value.
    package func sealedValue(_ name: String) async throws -> [UInt8]? {
        try reader.read { try $0.sealedValue(name) }
    }

    /// Sets a sealed value unless it is set.
    package func setSealedValue(_ name: String, _ value: [UInt8]) async throws -> [UInt8] {
        try await writer.write(.statement) { db in
            try db.run(
                "INSERT INTO sealed_values (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [.text(name), .blob(value)])
            return try db.sealedValue(name) ?? value
        }
    }
}

extension Database {
    fileprivate func sealedValue(_ name: String) throws -> [UInt8]? {
        try row("SELECT value FROM sealed_values WHERE name = ?", [.text(name)]) { $0.blob(0) }
    }
}
