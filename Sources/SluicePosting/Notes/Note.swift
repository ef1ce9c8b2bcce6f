public import Foundation

/// A remark of a member about a post, for other members.
public struct Note: Sendable, Equatable {
    /// The note's id.
    public let id: NoteID
    /// What it is about.
    public let postID: PostID
    /// Who wrote it; `nil` if that account is closed.
    public let author: AccountReference?
    /// Its words: 1 to 2,000 characters.
    public var text: String
    /// When it was made.
    public let createdAt: Date
    /// When it was last changed; `nil` if it never was.
    public var updatedAt: Date?

    /// A note from stored values.
    public init(id: NoteID, postID: PostID, author: AccountReference?, text: String, createdAt: Date, updatedAt: Date? = nil) {
        self.id = id
        self.postID = postID
        self.author = author
        self.text = text
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Where notes are kept. Every engine passes `NoteStoreContract`.
public protocol NoteStore: Sendable {
    /// Keeps a note; `false` if the post is gone or has `limit` notes.
    func insert(_ note: Note, limit: Int) async throws -> Bool
    /// Deletes a note; `false` if there is none.
    func deleteNote(_ id: NoteID, of post: PostID) async throws -> Bool
    /// The notes of each of the posts, oldest first; posts without notes are left out. At most 100 posts.
    func notes(of posts: [PostID]) async throws -> [PostID: [Note]]
}
