import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// What stands beside a post in other tables: its channel, author, tags and notes. Each is read once for all posts of a page.
struct PostCompanyFields: Sendable {
    let authority: Authority
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (authority, posting) = (authority, posting)
        resolvers.object(Visible<Post>.self, "Post") { post in
            post.batchField("channel") { posts, _ in
                let channels = try await posting.channels.byID(posts.map(\.channelID))
                return posts.map { post -> FieldValue in
                    // Deleted a moment ago, and the post with it.
                    guard let channel = channels[post.channelID] else { return .failure(.notFound("Channel")) }
                    return .object(post.beside(channel))
                }
            }
            post.batchField("author") { posts, _ in
                let authors = try await authority.authors(posts.map(\.author))
                return posts.map { post in post.author.flatMap { authors[$0] }.map { FieldValue.object($0) } }
            }
            post.batchField("tags") { posts, _ in
                let tags = try await posting.tags.byID(posts.flatMap(\.tagIDs))
                return posts.map { post in post.tagIDs.compactMap { tags[$0] }.map { FieldValue.object($0) } }
            }
            post.batchField("notes") { posts, _ in
                let notes = try await posting.notes.notes(of: posts.map(\.id).uniqued())
                return posts.map { post in (notes[post.id] ?? []).map { FieldValue.object(post.beside($0)) } }
            }
        }
        resolvers.object(Tag.self, "Tag") { tag in
            tag.field("id") { $0.id.text }
            tag.field("color") { $0.color.hexadecimal }
            tag.field("colorName") { $0.color.rawValue }
            tag.field("isLocked") { _ in false }
            tag.field("name") { $0.name }
        }
        resolvers.object(Visible<Note>.self, "Note") { note in
            note.field("id") { $0.id.text }
            note.field("allowedActions") { $0.viewer.mayDelete($0.thing) ? ["deleteNote"] : [] }
            note.batchField("author") { notes, _ in
                let authors = try await authority.authors(notes.map(\.author))
                return notes.map { note in
                    FieldValue.object(note.author.flatMap { authors[$0] } ?? Author.gone)
                }
            }
            note.field("text") { $0.text }
            note.field("type") { _ in "userGenerated" }
            note.field("createdAt") { Timestamp.text($0.createdAt) }
            note.field("updatedAt") { $0.updatedAt.map(Timestamp.text) }
        }
        Author.register(in: &resolvers)
    }
}

extension Channels {
    /// Those of the channels that exist.
    func byID(_ ids: [ChannelID]) async throws -> [ChannelID: Channel] {
        Dictionary(try await channels(ids.uniqued()).map { ($0.id, $0) }) { first, _ in first }
    }
}

extension Tags {
    /// Those of the tags that exist.
    func byID(_ ids: [TagID]) async throws -> [TagID: Tag] {
        ids.isEmpty ? [:] : Dictionary(try await tags(ids).map { ($0.id, $0) }) { first, _ in first }
    }
}
