import SluicePosting

extension PostMetadata {
    /// A `PostInputMetaData`; `nil` if nothing is in it.
    /// - Throws: `PostingError.invalid` if it speaks to several services at once: a post goes to one.
    init?(_ input: InputObject) throws(PostingError) {
        let given = input.given
        guard given.count <= 1 else { throw .invalid(["Metadata may be given for the channel's service only"]) }
        guard let name = given.first, let members = input.object(name) else { return nil }
        switch name {
        case "bluesky": self = .bluesky(try Threaded(members, for: name))
        case "facebook": self = .facebook(try Facebook(members))
        case "google": self = .google(try GoogleBusiness(members))
        case "instagram": self = .instagram(Instagram(members))
        case "linkedin": self = .linkedin(try LinkedIn(members))
        case "mastodon": self = .mastodon(try Threaded(members, for: name))
        case "pinterest":
            self = .pinterest(
                Pinterest(
                    boardServiceID: members.string("boardServiceId"), title: members.string("title"), url: members.string("url")))
        case "substack":
            var substack = Substack()
            substack.linkAttachment = LinkAttachment(in: members)
            self = .substack(substack)
        case "threads": self = .threads(try Threaded(members, for: name))
        case "tiktok":
            self = .tiktok(TikTok(title: members.string("title"), isAIGenerated: members.bool("isAiGenerated") ?? false))
        case "twitter": self = .twitter(try Threaded(members, for: name))
        case "youtube": self = .youtube(YouTube(members))
        default: return nil
        }
    }
}

extension PostMetadata.Threaded {
    /// - Parameter service: The member of `PostInputMetaData` it stands under.
    fileprivate init(_ input: InputObject, for service: String) throws(PostingError) {
        self.init()
        for (index, item) in (try input.objects("thread", atMost: PostingLimits.threadLimit) ?? []).enumerated() {
            thread.append(try PostMetadata.ThreadedPost(item, number: index + 1, for: service))
        }
        linkAttachment = LinkAttachment(in: input)
        spoilerText = input.string("spoilerText")
        retweet = input.object("retweet").map { PostMetadata.Retweet(id: $0.text("id"), comment: $0.string("comment")) }
        isAIGenerated = input.bool("isAiGenerated") ?? false
        topic = input.string("topic")
        locationID = input.string("locationId")
        locationName = input.string("locationName")
        type = input.value("type")
    }
}

extension PostMetadata.ThreadedPost {
    fileprivate init(_ input: InputObject, number: Int, for service: String) throws(PostingError) {
        self.init(text: input.text("text"), assets: try Asset.list(input) ?? [])
        guard let metadata = input.object("metadata") else { return }
        guard metadata.given.allSatisfy({ $0 == service }) else {
            throw .invalid(["Thread item \(number) has metadata for another service than the channel's"])
        }
        linkAttachment = metadata.object(service).flatMap { LinkAttachment(in: $0) }
    }
}

extension PostMetadata.Facebook {
    fileprivate init(_ input: InputObject) throws(PostingError) {
        self.init(type: input.value("type") ?? .post)
        annotations = try (input.objects("annotations", atMost: PostMetadata.Annotation.limit) ?? []).map {
            (mention: InputObject) throws(PostingError) in
            PostMetadata.Annotation(
                text: mention.text("text"), content: mention.text("content"), url: mention.text("url"),
                indices: try mention.ints("indices", atMost: 2) ?? [])
        }
        firstComment = input.string("firstComment")
        linkAttachment = LinkAttachment(in: input)
    }
}

extension PostMetadata.LinkedIn {
    fileprivate init(_ input: InputObject) throws(PostingError) {
        self.init()
        annotations = try (input.objects("annotations", atMost: PostMetadata.Annotation.limit) ?? []).map { mention in
            let start = mention.int("start") ?? 0
            return PostMetadata.Annotation(
                text: mention.text("localizedName"), content: mention.text("vanityName"), url: mention.text("link"),
                indices: [start, start + (mention.int("length") ?? 0)], entity: mention.string("entity"))
        }
        firstComment = input.string("firstComment")
        linkAttachment = LinkAttachment(in: input)
    }
}

extension PostMetadata.Annotation {
    /// How many mentions a text may have.
    fileprivate static let limit = 100
}

extension PostMetadata.Instagram {
    fileprivate init(_ input: InputObject) {
        self.init(type: input.value("type") ?? .post, shouldShareToFeed: input.bool("shouldShareToFeed") ?? true)
        firstComment = input.string("firstComment")
        link = input.string("link")
        geolocation = input.object("geolocation").map { Geolocation(id: $0.string("id"), text: $0.string("text")) }
        stickerFields = input.object("stickerFields").map {
            StickerFields(
                text: $0.string("text"), music: $0.string("music"), products: $0.string("products"), topics: $0.string("topics"),
                other: $0.string("other"))
        }
        isAIGenerated = input.bool("isAiGenerated") ?? false
    }
}

extension PostMetadata.YouTube {
    fileprivate init(_ input: InputObject) {
        self.init()
        title = input.string("title")
        categoryID = input.string("categoryId")
        privacy = input.string("privacy")
        license = input.string("license")
        isEmbeddable = input.bool("embeddable") ?? true
        notifiesSubscribers = input.bool("notifySubscribers") ?? true
        isMadeForKids = input.bool("madeForKids") ?? false
        isAIGenerated = input.bool("isAiGenerated") ?? false
    }
}
