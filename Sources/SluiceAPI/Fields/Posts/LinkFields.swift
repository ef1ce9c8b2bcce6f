import SluiceGraphQL
import SluicePosting

/// The card of a link below a text. Its page is not read: what the writer left out is empty.
enum LinkFields {
    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(LinkAttachment.self, "LinkAttachment") { link in
            link.field("expandedUrl") { _ in String?.none }
            link.field("text") { $0.description ?? "" }
            link.field("thumbnail") { $0.thumbnailURL }
            link.field("thumbnails") { $0.thumbnailURL.map { [$0] } ?? [] }
            link.field("title") { $0.title ?? "" }
            link.field("url") { $0.url }
        }
    }
}
