import SluiceGraphQL
import SluicePosting

/// What a video at YouTube has.
enum YouTubeFields {
    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(MetadataOf<PostMetadata.YouTube>.self, "YoutubePostMetadata") { youTube in
            youTube.common()
            youTube.field("category") { $0.members.categoryID.map { FieldValue.object(Category(id: $0)) } }
            youTube.field("embeddable") { $0.members.isEmbeddable }
            youTube.field("isAiGenerated") { $0.members.isAIGenerated }
            youTube.field("license") { $0.members.license }
            youTube.field("madeForKids") { $0.members.isMadeForKids }
            youTube.field("notifySubscribers") { $0.members.notifiesSubscribers }
            youTube.field("privacy") { $0.members.privacy }
            youTube.field("title") { $0.members.title }
        }
        resolvers.object(Category.self, "YoutubeCategory") { category in
            category.field("categoryId") { $0.id }
            category.field("title") { Category.titles[$0.id] ?? "" }
        }
    }

    private struct Category: Sendable {
        let id: String

        /// The categories that videos can be put into, by YouTube's ids.
        static let titles = [
            "1": "Film & Animation", "2": "Autos & Vehicles", "10": "Music", "15": "Pets & Animals", "17": "Sports",
            "19": "Travel & Events", "20": "Gaming", "22": "People & Blogs", "23": "Comedy", "24": "Entertainment",
            "25": "News & Politics", "26": "Howto & Style", "27": "Education", "28": "Science & Technology",
            "29": "Nonprofits & Activism",
        ]
    }
}
