import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps a new template.
    package func insert(_ template: PostTemplate, limit: Int) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run(
                """
                INSERT INTO templates
                (id, organization_id, author_id, title, body, description, emoji, visibility, updated_at, created_at)
                SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM organizations
                WHERE id = ?2 AND ?11 > (SELECT count(*) FROM templates WHERE organization_id = ?2)
                """,
                [.id(template.id), .id(template.organization), .id(template.author)] + template.changeable
                    + [.moment(template.createdAt), .number(limit)]) == 1
        }
    }

    /// The template.
    package func template(_ id: TemplateID) async throws -> PostTemplate? { try reader.read { try $0.template(id) } }

    /// The templates that `reader` may see, newest first, with how many there are.
    package func templates(
        of organization: OrganizationReference, visibleTo account: AccountReference, visibility: TemplateVisibility?,
        _ page: PageRequest
    ) async throws -> Page<PostTemplate> {
        let condition = """
            organization_id = ?1 AND (visibility <> 'private' OR author_id = ?2) AND (?3 IS NULL OR visibility = ?3)
            """
        let values: [StoredValue] = [.id(organization), .id(account), .maybe(visibility?.rawValue)]
        let start = try Standing(newestFirst: PostTemplate.order, page)
        return try reader.read { db in
            try db.snapshot {
                let total = try db.row("SELECT count(*) FROM templates WHERE \(condition)", values) { Int($0.integer(0)) }
                let rows = try db.rows(
                    """
                    SELECT \(PostTemplate.columns) FROM templates WHERE \(condition) AND (created_at, id) < (?4, ?5)
                    ORDER BY created_at DESC, id DESC LIMIT ?6
                    """, values + start.bindings + [.number(page.limit + 1)]
                ) { try PostTemplate($0) }
                return Page(rows, page, total: total) {
                    Standing(newestFirst: PostTemplate.order, moment: $0.createdAt.milliseconds, id: $0.id.text)
                }
            }
        }
    }

    /// Changes a template in one step.
    package func updateTemplate(
        _ id: TemplateID, _ change: @escaping @Sendable (inout PostTemplate) throws -> Void
    ) async throws -> PostTemplate? {
        try await writer.write(.several) { db in
            guard var template = try db.template(id) else { return nil }
            try change(&template)
            try db.run(
                """
                UPDATE templates SET title = ?2, body = ?3, description = ?4, emoji = ?5, visibility = ?6, updated_at = ?7
                WHERE id = ?1
                """, [.id(id)] + template.changeable)
            return template
        }
    }

    /// Deletes a template that `editor` may see.
    package func deleteTemplate(_ id: TemplateID, visibleTo editor: AccountReference) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run(
                "DELETE FROM templates WHERE id = ? AND (visibility <> 'private' OR author_id = ?)", [.id(id), .id(editor)]) == 1
        }
    }
}

extension Database {
    fileprivate func template(_ id: TemplateID) throws -> PostTemplate? {
        try row("SELECT \(PostTemplate.columns) FROM templates WHERE id = ?", [.id(id)]) { try PostTemplate($0) }
    }
}

extension PostTemplate {
    /// Marks cursors.
    fileprivate static let order = "templates"

    fileprivate static let columns =
        "id, organization_id, author_id, title, body, description, emoji, visibility, created_at, updated_at"

    // In the order `title … updated_at` without `created_at`.
    fileprivate var changeable: [StoredValue] {
        [.text(title), .text(body), .text(description), .text(emoji), .text(visibility.rawValue), .moment(updatedAt)]
    }

    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "templates.id"), organization: try row.id(1, "templates.organization_id"),
            author: try row.maybeID(2, "templates.author_id"), title: row.text(3) ?? "", body: row.text(4) ?? "",
            description: row.text(5) ?? "", emoji: row.text(6) ?? "", visibility: try row.word(7, "templates.visibility"),
            createdAt: row.moment(8), updatedAt: row.moment(9))
    }
}
