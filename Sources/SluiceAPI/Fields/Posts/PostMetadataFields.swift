import SluiceGraphQL
import SluicePosting

/// What a post says to one network alone, and the post that says it.
struct MetadataOf<Members: Sendable>: Sendable {
    let members: Members
    let post: Visible<Post>
}

/// The union `PostMetadata`. Services with much of their own have a file of their own.
struct PostMetadataFields: Sendable {
    let posting: Posting

    /// The member of the union for a post; null if nobody said anything to its service alone.
    static func value(of post: Visible<Post>) -> FieldValue {
        func value(_ members: some Sendable, _ type: String) -> FieldValue {
            .object(MetadataOf(members: members, post: post), as: type)
        }
        return switch post.metadata {
        case .bluesky(let members): value(members, "BlueskyPostMetadata")
        case .facebook(let members): value(members, "FacebookPostMetadata")
        case .google(let members): value(members, "GoogleBusinessPostMetadata")
        case .instagram(let members): value(members, "InstagramPostMetadata")
        case .linkedin(let members): value(members, "LinkedInPostMetadata")
        case .mastodon(let members): value(members, "MastodonPostMetadata")
        case .pinterest(let members): value(members, "PinterestPostMetadata")
        case .substack(let members): value(members, "SubstackPostMetadata")
        case .threads(let members): value(members, "ThreadsPostMetadata")
        case .tiktok(let members): value(members, "TiktokPostMetadata")
        case .twitter(let members): value(members, "TwitterPostMetadata")
        case .youtube(let members): value(members, "YoutubePostMetadata")
        case nil: .null
        }
    }

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let posting = posting
        ThreadFields.register(in: &resolvers)
        GoogleBusinessFields.register(in: &resolvers)
        LinkFields.register(in: &resolvers)
        InstagramFields.register(in: &resolvers)
        YouTubeFields.register(in: &resolvers)
        resolvers.object(MetadataOf<PostMetadata.Facebook>.self, "FacebookPostMetadata") { facebook in
            facebook.common(type: \.type, annotations: \.annotations)
            facebook.field("firstComment") { $0.members.firstComment }
            facebook.field("linkAttachment") { $0.members.linkAttachment.map { FieldValue.object($0) } }
            facebook.field("title") { $0.members.title }
        }
        resolvers.object(MetadataOf<PostMetadata.LinkedIn>.self, "LinkedInPostMetadata") { linkedIn in
            linkedIn.common(annotations: \.annotations)
            linkedIn.field("firstComment") { $0.members.firstComment }
            linkedIn.field("linkAttachment") { $0.members.linkAttachment.map { FieldValue.object($0) } }
        }
        resolvers.object(MetadataOf<PostMetadata.Pinterest>.self, "PinterestPostMetadata") { pinterest in
            pinterest.common()
            pinterest.batchField("board") { pins, _ in
                let channels = try await posting.channels.byID(pins.map(\.post.channelID))
                return pins.map { pin in
                    channels[pin.post.channelID]?.facts.boards.first { $0.serviceID == pin.members.boardServiceID }
                        .map { FieldValue.object($0) }
                }
            }
            pinterest.field("title") { $0.members.title }
            pinterest.field("url") { $0.members.url }
        }
        resolvers.object(MetadataOf<PostMetadata.Substack>.self, "SubstackPostMetadata") { substack in
            substack.common()
            substack.field("linkAttachment") { $0.members.linkAttachment.map { FieldValue.object($0) } }
        }
        resolvers.object(MetadataOf<PostMetadata.TikTok>.self, "TiktokPostMetadata") { tikTok in
            tikTok.common()
            tikTok.field("isAiGenerated") { $0.members.isAIGenerated }
            tikTok.field("title") { $0.members.title }
        }
        resolvers.object(PostMetadata.Annotation.self, "Annotation") { annotation in
            annotation.field("content") { $0.content }
            annotation.field("indices") { $0.indices }
            annotation.field("text") { $0.text }
            // The kind that can be given; others are found in texts, where nobody looks for them.
            annotation.field("type") { _ in "mention" }
            annotation.field("url") { $0.url }
        }
    }
}

extension ObjectResolvers {
    /// The members of `CommonPostMetadata`.
    mutating func common<Members>(
        type: @escaping @Sendable (Members) -> PostType = { _ in .post },
        annotations: @escaping @Sendable (Members) -> [PostMetadata.Annotation] = { _ in [] }
    ) where Source == MetadataOf<Members> {
        field("type") { type($0.members).rawValue }
        field("annotations") { annotations($0.members).map { FieldValue.object($0) } }
    }
}
