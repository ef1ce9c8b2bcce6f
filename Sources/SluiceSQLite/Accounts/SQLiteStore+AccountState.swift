package import Foundation
import GRDB
package import SluiceAuthority

// Disabling, enabling and closing: what an account takes with it goes in the same step.
extension SQLiteStore {
    /// Disables the account and cuts off everything of it in the same step.
    package func disable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            guard try db.run("UPDATE accounts SET state = 'disabled' WHERE id = ? AND state = 'active'", [.id(id)]) == 1
            else {
                return false
            }
            try db.run("DELETE FROM sessions WHERE account_id = ?", [.id(id)])
            try db.revokeAll("account_id = ?", [.id(id)], .accountDisabled, at: now, trace: audit.trace)
            try db.note(.account(id), at: now)
            for client in try db.clientIDs(of: id) { try db.note(.client(client), at: now) }
            try db.append(audit)
            return true
        }
    }

    /// Enables a disabled account.
    package func enable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            guard try db.run("UPDATE accounts SET state = 'active' WHERE id = ? AND state = 'disabled'", [.id(id)]) == 1
            else {
                return false
            }
            try db.note(.accountChanged(id), at: now)
            for client in try db.clientIDs(of: id) { try db.note(.clientChanged(client), at: now) }
            try db.append(audit)
            return true
        }
    }

    /// Closes the account for good, in one step (S131).
    package func close(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await writer.write(.several) { db in
            try db.forgetInvitations(by: id)  // While the address is known.
            let closed = try db.run(
                """
                UPDATE accounts SET state = 'closed', email = NULL, name = '', time_zone = 'UTC', password_hash = NULL
                WHERE id = ? AND state <> 'closed'
                """, [.id(id)])
            guard closed == 1 else { return false }
            try db.run("DELETE FROM sessions WHERE account_id = ?", [.id(id)])
            for client in try db.clientIDs(of: id) {
                try db.deleteClient(client, of: id, at: now, trace: audit.trace)
                try db.append(
                    AuditEvent(
                        .clientDeleted, at: now, account: id, client: client, subject: client.text, trace: audit.trace))
            }
            let keys: [APIKeyID] = try db.rows("DELETE FROM api_keys WHERE account_id = ? RETURNING id", [.id(id)]) {
                try $0.id(0, "api_keys.id")
            }
            for key in keys {
                try db.note(.key(key), at: now)
                try db.append(AuditEvent(.keyRevoked, at: now, account: id, subject: key.text, trace: audit.trace))
            }
            try db.leaveAll(id, at: now, trace: audit.trace)
            try db.revokeAll("account_id = ?", [.id(id)], .accountClosed, at: now, trace: audit.trace)
            try db.note(.account(id), at: now)
            try db.append(audit)
            return true
        }
    }
}

extension Database {
    /// Clients come and go with their owner's state, so whoever remembers one or its tokens must be told.
    fileprivate func clientIDs(of owner: AccountID) throws -> [ClientID] {
        try rows("SELECT id FROM clients WHERE owner_id = ? ORDER BY created_at, id", [.id(owner)]) {
            try $0.id(0, "clients.id")
        }
    }
}
