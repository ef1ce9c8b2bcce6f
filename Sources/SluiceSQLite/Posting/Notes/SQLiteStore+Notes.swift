import GRDB
package import SluicePosting

extension SQLiteStore {
    /// Keeps a note, if its post is there and has room.
    package func insert(_ note: Note, limit: Int) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run(
                """
                INSERT INTO notes (id, post_id, author_id, text, created_at, updated_at) SELECT ?1, id, ?3, ?4, ?5, ?6
                FROM posts WHERE id = ?2 AND ?7 > (SELECT count(*) FROM notes WHERE post_id = ?2)
                """,
                [
                    .id(note.id), .id(note.postID), .id(note.author), .text(note.text), .moment(note.createdAt),
                    .moment(note.updatedAt), .number(limit),
                ]) == 1
        }
    }

    /// Deletes a note.
    package func deleteNote(_ id: NoteID, of post: PostID) async throws -> Bool {
        try await writer.write(.statement) { db in
            try db.run("DELETE FROM notes WHERE id = ? AND post_id = ?", [.id(id), .id(post)]) == 1
        }
    }

    /// The notes of each of the posts, oldest first.
    package func notes(of posts: [PostID]) async throws -> [PostID: [Note]] {
        let notes = try reader.read { db in
            try db.rows(
                """
                SELECT id, post_id, author_id, text, created_at, updated_at FROM notes
                WHERE post_id IN (SELECT value FROM json_each(?)) ORDER BY created_at, id
                """, [.list(Array(posts.prefix(100)))]
            ) { try Note($0) }
        }
        return Dictionary(grouping: notes, by: \.postID)
    }
}

extension Note {
    fileprivate init(_ row: some Columns) throws {
        self.init(
            id: try row.id(0, "notes.id"), postID: try row.id(1, "notes.post_id"),
            author: try row.maybeID(2, "notes.author_id"), text: row.text(3) ?? "", createdAt: row.moment(4),
            updatedAt: row.maybeMoment(5))
    }
}
