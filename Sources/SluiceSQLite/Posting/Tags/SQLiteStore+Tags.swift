import Foundation
import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps a new tag.
    package func insert(_ tag: Tag, limit: Int) async throws -> TagInsertion {
        try await writer.write(.statement) { db in
            let made = try db.run(
                """
                INSERT INTO tags (id, organization_id, name, name_key, color, created_at) SELECT ?1, id, ?3, ?4, ?5, ?6
                FROM organizations WHERE id = ?2 AND ?7 > (SELECT count(*) FROM tags WHERE organization_id = ?2)
                ON CONFLICT (organization_id, name_key) DO NOTHING
                """,
                [
                    .id(tag.id), .id(tag.organization), .text(tag.name), .text(tag.key), .text(tag.color.rawValue),
                    .moment(tag.createdAt), .number(limit),
                ])
            if made == 1 { return .inserted }
            guard try db.knows(.id(tag.organization)) else { return .unknownOrganization }
            let twin = try db.row(
                "SELECT 1 FROM tags WHERE organization_id = ? AND name_key = ?", [.id(tag.organization), .text(tag.key)]
            ) { _ in true }
            return twin == nil ? .full : .taken
        }
    }

    /// Renames and recolours a tag.
    package func update(_ tag: Tag) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run(
                """
                UPDATE tags SET name = ?3, name_key = ?4, color = ?5 WHERE id = ?1 AND organization_id = ?2
                AND NOT EXISTS (SELECT 1 FROM tags WHERE organization_id = ?2 AND name_key = ?4 AND id <> ?1)
                """, [.id(tag.id), .id(tag.organization), .text(tag.name), .text(tag.key), .text(tag.color.rawValue)]) == 1
        }
    }

    /// Deletes a tag; posts and ideas lose it by their foreign keys.
    package func delete(_ id: TagID, of organization: OrganizationReference) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run("DELETE FROM tags WHERE id = ? AND organization_id = ?", [.id(id), .id(organization)]) == 1
        }
    }

    /// The organization's tags by name.
    package func tags(of organization: OrganizationReference) async throws -> [Tag] {
        try reader.read { db in
            try db.rows(
                "SELECT \(Tag.columns) FROM tags WHERE organization_id = ? ORDER BY name_key, id LIMIT 1000", [.id(organization)]
            ) { try Tag($0) }
        }
    }

    /// Those of the tags that exist, in no order.
    package func tags(_ ids: [TagID]) async throws -> [Tag] {
        try reader.read { db in
            try db.rows(
                "SELECT \(Tag.columns) FROM tags WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1000", [.list(ids)]
            ) { try Tag($0) }
        }
    }
}

extension Database {
    /// Which of these tags the organization has.
    func knownTags(_ ids: [TagID], of organization: OrganizationReference) throws -> Set<TagID> {
        Set(
            try rows(
                "SELECT id FROM tags WHERE organization_id = ? AND id IN (SELECT value FROM json_each(?))",
                [.id(organization), .list(ids)]
            ) { try $0.id(0, "tags.id") })
    }
}

extension Tag {
    fileprivate static let columns = "id, organization_id, name, color, created_at"

    /// What two names have in common that differ in case alone, or in how an accent is written.
    fileprivate var key: String { name.lowercased().precomposedStringWithCanonicalMapping }

    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "tags.id"), organization: try row.id(1, "tags.organization_id"), name: row.text(2) ?? "",
            color: try row.word(3, "tags.color"), createdAt: row.moment(4))
    }
}
