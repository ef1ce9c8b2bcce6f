/// Remarks of members about posts. Who may do what is the caller's to ask.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Notes: Sendable {
    /// Characters of a note.
    public static let textLimit = 2_000

    private let store: any PostingStore
    private let environment: PostingEnvironment

    init(store: any PostingStore, environment: PostingEnvironment) {
        self.store = store
        self.environment = environment
    }

    /// Adds a note to a post.
    public func add(text: String, to post: PostID, by author: AccountReference) async throws -> Note {
        guard !text.isBlank, !text.isLonger(than: Self.textLimit) else {
            throw PostingError.invalid(["A note has 1 to \(Self.textLimit) characters"])
        }
        let note = Note(
            id: NoteID(random: environment.random), postID: post, author: author, text: text, createdAt: environment.moment)
        guard try await store.insert(note, limit: PostingLimits.notesPerPost) else {
            guard try await store.post(post) != nil else { throw PostingError.notFound("Post") }
            throw PostingError.limitReached("The post has \(PostingLimits.notesPerPost) notes, which is as many as it may")
        }
        return note
    }

    /// Deletes a note.
    public func remove(_ id: NoteID, of post: PostID) async throws {
        guard try await store.deleteNote(id, of: post) else { throw PostingError.notFound("Note") }
    }

    /// The notes of each of the posts, oldest first; posts without notes are left out.
    public func notes(of posts: [PostID]) async throws -> [PostID: [Note]] {
        let posts = Array(Set(posts))
        var found: [PostID: [Note]] = [:]
        for start in stride(from: 0, to: posts.count, by: 100) {
            let part = try await store.notes(of: Array(posts[start..<min(start + 100, posts.count)]))
            found.merge(part) { $1 }
        }
        return found
    }
}
