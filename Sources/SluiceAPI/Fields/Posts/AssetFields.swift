import SluiceGraphQL
import SluicePosting

/// The pictures, films and documents of a post.
///
/// Nothing is fetched from their addresses, so what only the file could tell is 0 where the schema wants a number, and null
/// elsewhere. They have no ids: Buffer answers null, too.
enum AssetFields {
    /// The assets as the schema has them. It has no type for a link, the older form of what is now `linkAttachment`.
    static func values(of assets: [Asset]) -> [FieldValue] {
        assets.compactMap { asset in
            switch asset {
            case .image(let image): .object(image, as: "ImageAsset")
            case .video(let video): .object(video, as: "VideoAsset")
            case .document(let document): .object(document, as: "DocumentAsset")
            case .link: nil
            }
        }
    }

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(Asset.Image.self, "ImageAsset") { asset in
            asset.field("id") { _ in String?.none }
            asset.field("image") { FieldValue.object($0) }
            asset.field("mimeType") { MediaType(of: $0.url, else: .jpeg).text }
            asset.field("source") { $0.url }
            asset.field("thumbnail") { $0.thumbnailURL ?? $0.url }
            asset.field("type") { _ in "image" }
        }
        resolvers.object(Asset.Image.self, "ImageMetadata") { image in
            image.field("altText") { $0.altText }
            image.field("animatedThumbnail") { $0.animatedThumbnail }
            image.field("height") { $0.height ?? 0 }
            image.field("isAnimated") { $0.animatedThumbnail != nil || MediaType(of: $0.url, else: .jpeg) == .gif }
            image.field("userTags") { $0.userTags.map { FieldValue.object($0) } }
            image.field("width") { $0.width ?? 0 }
        }
        resolvers.object(Asset.UserTag.self, "UserTag") { tag in
            tag.field("handle") { $0.handle }
            tag.field("x") { $0.x }
            tag.field("y") { $0.y }
        }
        resolvers.object(Asset.Video.self, "VideoAsset") { asset in
            asset.field("id") { _ in String?.none }
            asset.field("mimeType") { MediaType(of: $0.url, else: .mp4).text }
            asset.field("source") { $0.url }
            asset.field("thumbnail") { $0.thumbnailURL ?? "" }
            asset.field("type") { _ in "video" }
            asset.field("video") { FieldValue.object($0) }
        }
        resolvers.object(Asset.Video.self, "VideoMetadata") { video in
            for name in ["audioCodec", "containerFormat", "videoCodec"] { video.field(name) { _ in String?.none } }
            for name in ["fileSize", "frameRate", "rotationDegree", "videoBitRate"] { video.field(name) { _ in Int?.none } }
            for name in ["durationMs", "height", "width"] { video.field(name) { _ in 0 } }
            for name in ["isTranscodingRequired", "isVideoProcessing"] { video.field(name) { _ in false } }
            video.field("thumbnailOffset") { $0.thumbnailOffset }
            video.field("title") { $0.title }
        }
        resolvers.object(Asset.Document.self, "DocumentAsset") { asset in
            asset.field("id") { _ in String?.none }
            asset.field("document") { FieldValue.object($0) }
            asset.field("mimeType") { MediaType(of: $0.url, else: .pdf).text }
            asset.field("source") { $0.url }
            asset.field("thumbnail") { $0.thumbnailURL }
            asset.field("type") { _ in "document" }
        }
        resolvers.object(Asset.Document.self, "DocumentMetadata") { document in
            document.field("filesize") { _ in Int?.none }
            document.field("numPages") { _ in 0 }
            document.field("thumbnails") { [$0.thumbnailURL] }
            document.field("title") { $0.title }
        }
    }
}
