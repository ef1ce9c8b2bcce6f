import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// What an idea says.
struct IdeaContentFields: Sendable {
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let posting = posting
        resolvers.object(IdeaContent.self, "IdeaContent") { content in
            content.field("aiAssisted") { $0.isAIAssisted }
            content.field("date") { $0.date.map { Timestamp.text(Date(milliseconds: $0)) } }
            content.field("media") { $0.media.map { FieldValue.object($0) } }
            content.field("services") { $0.services.map(\.rawValue) }
            content.batchField("tags") { contents, _ in
                let ids = contents.map { $0.tagIDs.compactMap { TagID($0) } }
                let tags = try await posting.tags.byID(ids.flatMap { $0 })
                return ids.map { ids in ids.compactMap { tags[$0] }.map { FieldValue.object($0) } }
            }
            content.field("text") { $0.text }
            content.field("title") { $0.title }
        }
        resolvers.object(Tag.self, "PublishingTag") { tag in
            tag.field("id") { $0.id.text }
            tag.field("color") { $0.color.hexadecimal }
            tag.field("colorName") { $0.color.rawValue }
            tag.field("name") { $0.name }
        }
        resolvers.object(IdeaMedia.self, "IdeaMedia") { media in
            media.field("id") { $0.id }
            media.field("alt") { $0.altText }
            media.field("size") { $0.size }
            media.field("source") { $0.source.map { FieldValue.object($0) } }
            media.field("thumbnailUrl") { $0.thumbnailURL }
            media.field("type") { $0.kind.rawValue }
            media.field("url") { $0.url }
        }
        resolvers.object(IdeaMedia.Source.self, "IdeaMediaSource") { source in
            source.field("id") { $0.id }
            source.field("author") { $0.author }
            source.field("authorUrl") { $0.authorURL }
            source.field("name") { $0.name }
        }
    }
}
