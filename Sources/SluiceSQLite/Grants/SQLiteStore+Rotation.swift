import GRDB
package import SluiceAuthority

extension SQLiteStore {
    /// Moves the grant from `generation` to the next one; an older generation is reuse and revokes the grant.
    /// - Source: RFC 9700 §4.14.2.
    package func rotate(
        _ id: GrantID, from generation: UInt32, _ use: GrantUse, leeway: Duration
    ) async throws -> Rotation {
        // The winner's path is one statement, so it needs no savepoint; whoever looks at why opens one when it must write twice.
        let step = try await writer.write(.statement) { db -> RotationStep in
            let rotated = try db.row(
                """
                UPDATE grants SET generation = generation + 1, last_used_at = ?1, last_address = ?2, last_user_agent = ?3,
                last_request_id = ?4, idle_expires_at = min(?5, expires_at)
                WHERE id = ?6 AND state = 'active' AND generation = ?7 AND idle_expires_at > ?1
                RETURNING \(Grant.columns)
                """, use.values + [.id(id), .number(generation)]
            ) { $0.detached() }
            if let rotated { return .rotated(rotated) }
            return .refused(try db.failedRotation(id, from: generation, use, leeway: leeway))
        }
        switch step {
        // Parsed here and not on the writing thread, which every refresh of the server passes.
        case .rotated(let row): return .rotated(try Grant(row, after: use))
        case .refused(let rotation): return rotation
        }
    }
}

private enum RotationStep: Sendable {
    case rotated(DetachedRow)
    case refused(Rotation)
}

extension Database {
    /// Why a genuine refresh token did not rotate its grant; reuse is noticed, and punished, here.
    ///
    /// Runs in the same transaction as the write that hit nothing, so what it sees is what that write saw.
    fileprivate func failedRotation(
        _ id: GrantID, from generation: UInt32, _ use: GrantUse, leeway: Duration
    ) throws -> Rotation {
        let grant = try row("SELECT \(Grant.columns) FROM grants WHERE id = ?", [.id(id)]) { try Grant($0) }
        guard let grant, grant.state != .pending else { return .unknown }
        if let reason = grant.revocation { return .revoked(reason) }
        // Without `offline_access` no refresh token was ever given out, nor was one of generation 0.
        guard let idleExpiresAt = grant.idleExpiresAt, generation >= 1, generation <= grant.generation else {
            return .unknown
        }
        if generation == grant.generation { return .expired }
        let now = use.now.milliseconds
        let isPreceding = generation == grant.generation - 1 && now < idleExpiresAt.milliseconds
        // The distance, not the order: a clock that is set back, or a caller that read its clock first and came second, must not
        // open a window that the leeway does not give.
        if isPreceding, let last = grant.lastUsedAt, abs(now - last.milliseconds) < leeway.milliseconds {
            return .repeated(grant)
        }
        return try atomically {
            try append(.refreshReused(generation, of: grant, use))
            try revoke("id = ?", [.id(id)], .refreshReused, at: use.now, trace: use.trace)
            return .reused(grant.facts)
        }
    }

    /// Runs several writes in a savepoint of their own.
    private func atomically<Value>(_ work: () throws -> Value) throws -> Value {
        try run("SAVEPOINT inner")
        do {
            let value = try work()
            try run("RELEASE inner")
            return value
        } catch {
            try run("ROLLBACK TO inner")
            try run("RELEASE inner")
            throw error
        }
    }
}
