import SluiceGraphQL
import SluicePosting

/// What a post at Instagram has.
enum InstagramFields {
    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(MetadataOf<PostMetadata.Instagram>.self, "InstagramPostMetadata") { instagram in
            instagram.common(type: \.type)
            instagram.field("firstComment") { $0.members.firstComment }
            instagram.field("geolocation") { $0.members.geolocation.map { FieldValue.object($0) } }
            instagram.field("isAiGenerated") { $0.members.isAIGenerated }
            instagram.field("link") { $0.members.link }
            instagram.field("shouldShareToFeed") { $0.members.shouldShareToFeed }
            instagram.field("stickerFields") { $0.members.stickerFields.map { FieldValue.object($0) } }
        }
        resolvers.object(PostMetadata.Instagram.Geolocation.self, "InstagramGeolocation") { place in
            place.field("id") { $0.id }
            place.field("text") { $0.text }
        }
        resolvers.object(PostMetadata.Instagram.StickerFields.self, "InstagramStickerFields") { stickers in
            stickers.field("music") { $0.music }
            stickers.field("other") { $0.other }
            stickers.field("products") { $0.products }
            stickers.field("text") { $0.text }
            stickers.field("topics") { $0.topics }
        }
    }
}
