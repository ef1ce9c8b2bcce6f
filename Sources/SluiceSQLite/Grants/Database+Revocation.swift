import Foundation
import GRDB
import SluiceAuthority

extension Database {
    /// Cuts off the grants that `condition` names and that are not cut off yet, each with its change and its audit event.
    ///
    /// At most 500; only `revokeAll` meets more.
    /// - Parameter condition: Our own SQL; its values are bound.
    /// - Returns: The grants as they are now.
    @discardableResult
    func revoke(
        _ condition: String, _ values: [StoredValue], _ reason: RevocationReason, at now: Date, trace: RequestTrace
    ) throws -> [Grant] {
        let revoked = try rows(
            """
            UPDATE grants SET state = 'revoked', revocation = ?, revoked_at = ?
            WHERE id IN (SELECT id FROM grants WHERE state <> 'revoked' AND \(condition) LIMIT 500) RETURNING \(Grant.columns)
            """, [.text(reason.rawValue), .moment(now)] + values
        ) { try Grant($0) }
        for grant in revoked {
            try note(.grant(grant.id), at: now)
            try append(.revoked(grant.facts, reason, at: now, trace: trace))
        }
        return revoked
    }

    /// Cuts off every grant that `condition` names, however many, in this one step.
    /// - Returns: How many there were.
    @discardableResult
    func revokeAll(
        _ condition: String, _ values: [StoredValue], _ reason: RevocationReason, at now: Date, trace: RequestTrace
    ) throws -> Int {
        var count = 0
        while true {
            let revoked = try revoke(condition, values, reason, at: now, trace: trace)
            if revoked.isEmpty { return count }
            count += revoked.count
        }
    }
}
