import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps a group.
    package func insert(_ group: IdeaGroup, limit: Int) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run(
                """
                INSERT INTO idea_groups (id, organization_id, name, is_locked, created_at) SELECT ?1, id, ?3, ?4, ?5
                FROM organizations WHERE id = ?2 AND ?6 > (SELECT count(*) FROM idea_groups WHERE organization_id = ?2)
                """,
                [
                    .id(group.id), .id(group.organization), .text(group.name), .flag(group.isLocked), .moment(group.createdAt),
                    .number(limit),
                ]) == 1
        }
    }

    /// The organization's groups, oldest first.
    package func ideaGroups(of organization: OrganizationReference) async throws -> [IdeaGroup] {
        try reader.read { db in
            try db.rows(
                """
                SELECT id, organization_id, name, is_locked, created_at FROM idea_groups WHERE organization_id = ?
                ORDER BY created_at, id LIMIT 200
                """, [.id(organization)]
            ) { try IdeaGroup($0) }
        }
    }

    /// Deletes a group; its ideas stay, by their foreign key in none.
    package func deleteIdeaGroup(_ id: IdeaGroupID, of organization: OrganizationReference) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run("DELETE FROM idea_groups WHERE id = ? AND organization_id = ?", [.id(id), .id(organization)]) == 1
        }
    }
}

extension IdeaGroup {
    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "idea_groups.id"), organization: try row.id(1, "idea_groups.organization_id"),
            name: row.text(2) ?? "", isLocked: row.flag(3), createdAt: row.moment(4))
    }
}
