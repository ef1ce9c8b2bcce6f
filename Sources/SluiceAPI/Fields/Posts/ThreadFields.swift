import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// The metadata of services that have threads: X, Bluesky, Mastodon and Threads.
enum ThreadFields {
    private typealias Source = MetadataOf<PostMetadata.Threaded>

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        threaded("BlueskyPostMetadata", in: &resolvers) { bluesky in
            bluesky.field("linkAttachment") { $0.members.linkAttachment.map { FieldValue.object($0) } }
        }
        threaded("MastodonPostMetadata", in: &resolvers) { $0.field("spoilerText") { $0.members.spoilerText } }
        threaded("ThreadsPostMetadata", in: &resolvers) { threads in
            threads.field("linkAttachment") { $0.members.linkAttachment.map { FieldValue.object($0) } }
            threads.field("locationId") { $0.members.locationID }
            threads.field("locationName") { $0.members.locationName }
            threads.field("topic") { $0.members.topic }
        }
        threaded("TwitterPostMetadata", in: &resolvers) { twitter in
            twitter.field("isAiGenerated") { $0.members.isAIGenerated }
            twitter.field("retweet") { source in
                source.members.retweet.map { FieldValue.object(QuotedPost($0, quotedAt: source.post.createdAt)) }
            }
        }
        resolvers.object(ThreadItem.self, "ThreadedPost") { item in
            item.field("assets") { AssetFields.values(of: $0.post.assets) }
            item.field("linkAttachment") { $0.post.linkAttachment.map { FieldValue.object($0) } }
            item.field("text") { $0.post.text }
            item.field("metadata") { item in item.post.linkAttachment == nil ? nil : FieldValue.object(item) }
        }
        resolvers.object(ThreadItem.self, "ThreadItemMetadata") { metadata in
            metadata.field("bluesky") { $0.service == .bluesky ? FieldValue.object($0) : .null }
            metadata.field("threads") { $0.service == .threads ? FieldValue.object($0) : .null }
        }
        for type in ["ThreadItemBlueskyMetadata", "ThreadItemThreadsMetadata"] {
            resolvers.object(ThreadItem.self, type) { metadata in
                metadata.field("linkAttachment") { $0.post.linkAttachment.map { FieldValue.object($0) } }
            }
        }
        QuotedPost.register(in: &resolvers)
    }

    /// What all four have.
    private static func threaded(
        _ type: String, in resolvers: inout ResolverRegistry<Caller>,
        _ build: (inout ObjectResolvers<Caller, Source>) -> Void
    ) {
        resolvers.object(Source.self, type) { fields in
            fields.common(type: { $0.type ?? ($0.thread.count > 1 ? .thread : .post) })
            fields.field("thread") { source in
                source.members.thread.map { FieldValue.object(ThreadItem(post: $0, service: source.post.service)) }
            }
            fields.field("threadCount") { $0.members.thread.count }
            build(&fields)
        }
    }
}

private struct ThreadItem: Sendable {
    let post: PostMetadata.ThreadedPost
    let service: Service
}

/// A post at X that is quoted. It is not fetched: of what the schema wants, only what its id and the comment on it tell is known.
private struct QuotedPost: Sendable {
    /// When X's ids began to be counted, in milliseconds since 1970.
    private static let epoch: Int64 = 1_288_834_974_657

    let id: String
    let comment: String
    let createdAt: Date

    /// - Parameter moment: When it was quoted, for an id that does not tell when it was made.
    init(_ retweet: PostMetadata.Retweet, quotedAt moment: Date) {
        id = retweet.id
        comment = retweet.comment ?? ""
        // The upper bits of an id are the milliseconds since the epoch.
        createdAt = Int64(retweet.id).flatMap { $0 > 0 ? Date(milliseconds: ($0 >> 22) + Self.epoch) : nil } ?? moment
    }

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(QuotedPost.self, "RetweetMetadata") { quoted in
            quoted.field("id") { $0.id }
            quoted.field("text") { $0.comment }
            quoted.field("thumbnails") { _ in [String]() }
            quoted.field("url") { "https://x.com/i/status/\($0.id)" }
            quoted.field("user") { FieldValue.object($0) }
            quoted.field("createdAt") { Timestamp.text($0.createdAt) }
        }
        resolvers.object(QuotedPost.self, "RetweetUserMetadata") { user in
            for name in ["avatar", "name", "username"] { user.field(name) { _ in "" } }
        }
    }
}
