import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps a new channel.
    package func insert(_ channel: Channel, limit: Int) async throws -> ChannelInsertion {
        let values = try channel.row() + [.number(limit)]
        return try await writer.write(.statement) { db in
            let made = try db.run(
                """
                INSERT INTO channels
                (id, organization_id, service, type, service_id, name, display_name, time_zone, schedule, is_queue_paused,
                 is_locked, is_disconnected, external_link, avatar_url, facts, posting_goal, publisher, created_at, updated_at)
                SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19
                FROM organizations WHERE id = ?2 AND ?20 > (SELECT count(*) FROM channels WHERE organization_id = ?2)
                ON CONFLICT (organization_id, service, service_id) DO NOTHING
                """, values)
            if made == 1 { return .inserted }
            guard try db.knows(.id(channel.organization)) else { return .unknownOrganization }
            let twin = try db.row(
                "SELECT 1 FROM channels WHERE organization_id = ? AND service = ? AND service_id = ?",
                [.id(channel.organization), .text(channel.service.rawValue), .text(channel.serviceID)]
            ) { _ in true }
            return twin == nil ? .full : .taken
        }
    }

    /// The channel.
    package func channel(_ id: ChannelID) async throws -> Channel? { try reader.read { try $0.channel(id) } }

    /// Those of the channels that exist, in no order.
    package func channels(_ ids: [ChannelID]) async throws -> [Channel] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Channel.columns) FROM channels c WHERE c.id IN (SELECT value FROM json_each(?)) LIMIT 200
                """, [.list(ids)]
            ) { try Channel($0) }
        }
    }

    /// The organization's channels, oldest first.
    package func channels(of organization: OrganizationReference) async throws -> [Channel] {
        try reader.read { db in
            try db.rows(
                """
                SELECT \(Channel.columns) FROM channels c WHERE c.organization_id = ? ORDER BY c.created_at, c.id LIMIT 200
                """, [.id(organization)]
            ) { try Channel($0) }
        }
    }

    /// How many channels each of the organizations has.
    package func channelCounts(of organizations: [OrganizationReference]) async throws -> [OrganizationReference: Int] {
        let counts: [(OrganizationReference, Int)] = try reader.read { db in
            try db.rows(
                """
                SELECT organization_id, count(*) FROM channels
                WHERE organization_id IN (SELECT value FROM json_each(?)) GROUP BY organization_id
                """, [.list(organizations)]
            ) { (try $0.id(0, "channels.organization_id"), Int($0.integer(1))) }
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    /// Deletes the channel; its posts and what is in the outbox for it go by their foreign keys.
    package func delete(_ id: ChannelID, of organization: OrganizationReference) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run("DELETE FROM channels WHERE id = ? AND organization_id = ?", [.id(id), .id(organization)]) == 1
        }
    }
}

extension Database {
    /// The channel; `nil` if there is none.
    func channel(_ id: ChannelID) throws -> Channel? {
        try row("SELECT \(Channel.columns) FROM channels c WHERE c.id = ?", [.id(id)]) { try Channel($0) }
    }
}
