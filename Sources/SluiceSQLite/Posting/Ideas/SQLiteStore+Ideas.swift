import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps an idea with its tags.
    package func insert(_ idea: Idea, behind: IdeaID?, limit: Int) async throws -> IdeaInsertion {
        let content = try idea.content.stored()
        return try await writer.write(.several) { db in
            guard try db.knows(.id(idea.organization)) else { return .unknownOrganization }
            let owner: [StoredValue] = [.id(idea.organization)]
            let count = try db.row("SELECT count(*) FROM ideas WHERE organization_id = ?", owner) { $0.integer(0) } ?? 0
            guard count < limit else { return .full }
            if let group = idea.groupID {
                let isOpen = try db.row(
                    "SELECT 1 FROM idea_groups WHERE id = ? AND organization_id = ? AND is_locked = 0", [.id(group)] + owner
                ) { _ in true }
                guard isOpen != nil else { return .unknownGroup }
            }
            guard let tags = try db.known(idea.content.tagIDs, of: idea.organization) else { return .unknownTag }
            let position = try db.position(behind: behind, in: idea)
            try db.run(
                """
                INSERT INTO ideas (id, organization_id, group_id, content, position, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .id(idea.id), .id(idea.organization), .id(idea.groupID), content, .real(position), .moment(idea.createdAt),
                    .moment(idea.updatedAt),
                ])
            try db.run(
                """
                INSERT INTO idea_tags (idea_id, tag_id, position) SELECT ?1, value, key FROM json_each(?2) WHERE true
                ON CONFLICT DO NOTHING
                """, [.id(idea.id), .list(tags)])
            var kept = idea
            kept.position = position
            kept.content.tagIDs = tags.map(\.text)
            return .inserted(kept)
        }
    }

    /// The idea.
    package func idea(_ id: IdeaID) async throws -> Idea? {
        try reader.read { db in
            try db.row("SELECT \(Idea.columns) FROM ideas i WHERE i.id = ?", [.id(id)]) { try Idea($0) }
        }
    }

    /// Ideas, newest first.
    package func ideas(_ query: IdeaQuery, _ page: PageRequest) async throws -> Page<Idea> {
        let start = try Standing(newestFirst: Idea.order, page)
        var isGrouped: Bool?
        var groups: [IdeaGroupID]?
        switch query.groups {
        case .groups(let ids): groups = Array(ids.prefix(100))
        case .grouped: isGrouped = true
        case .ungrouped: isGrouped = false
        case nil: break
        }
        let values: [StoredValue] = [
            .id(query.organization), groups.map { .list($0) } ?? .null, isGrouped.map { .flag($0) } ?? .null,
            query.tags.map { .list($0.any) } ?? .null, .flag(query.tags?.orNone ?? false), .number(page.limit + 1),
        ]
        let rows = try reader.read { db in
            try db.rows(
                """
                SELECT \(Idea.columns) FROM ideas i WHERE i.organization_id = ?1
                AND (?2 IS NULL OR i.group_id IN (SELECT value FROM json_each(?2)))
                AND (?3 IS NULL OR (i.group_id IS NOT NULL) = ?3)
                AND (?4 IS NULL
                    OR EXISTS (SELECT 1 FROM idea_tags t WHERE t.idea_id = i.id
                        AND t.tag_id IN (SELECT value FROM json_each(?4)))
                    OR (?5 AND NOT EXISTS (SELECT 1 FROM idea_tags t WHERE t.idea_id = i.id)))
                AND (i.created_at, i.id) < (?7, ?8) ORDER BY i.created_at DESC, i.id DESC LIMIT ?6
                """, values + start.bindings
            ) { try Idea($0) }
        }
        return Page(rows, page) {
            Standing(newestFirst: Idea.order, moment: $0.createdAt.milliseconds, id: $0.id.text)
        }
    }
}

extension Database {
    /// The tags, each once and in their order; `nil` if one is not the organization's.
    fileprivate func known(_ tags: [String], of organization: OrganizationReference) throws -> [TagID]? {
        var ids: [TagID] = []
        for tag in tags {
            guard let id = TagID(tag) else { return nil }
            if !ids.contains(id) { ids.append(id) }
        }
        return try knownTags(ids, of: organization).count == ids.count ? ids : nil
    }
}

extension Idea {
    /// Marks cursors.
    fileprivate static let order = "ideas"

    fileprivate static let columns = """
        i.id, i.organization_id, i.content, i.group_id, i.position, i.created_at, i.updated_at,
        (SELECT group_concat(t.tag_id, ' ') FROM (SELECT tag_id FROM idea_tags WHERE idea_id = i.id ORDER BY position) t)
        """

    fileprivate init(_ row: some Columns) throws {
        var content: IdeaContent = try row.json(2, "ideas.content")
        let tags: [TagID] = try row.ids(7, "idea_tags.tag_id")
        content.tagIDs = tags.map(\.text)
        self.init(
            id: try row.id(0, "ideas.id"), organization: try row.id(1, "ideas.organization_id"), content: content,
            groupID: try row.maybeID(3, "ideas.group_id"), position: row.real(4), createdAt: row.moment(5),
            updatedAt: row.moment(6))
    }
}

extension IdeaContent {
    /// Without its tags: those that are deleted must not stay here.
    fileprivate func stored() throws -> StoredValue {
        var content = self
        content.tagIDs = []
        return try .json(content)
    }
}
