import SluicePosting

extension Asset {
    /// A list of `AssetInput`; `nil` if it was left out.
    /// - Throws: `PostingError.invalid` for an asset that is not exactly one thing.
    static func list(_ input: InputObject, _ name: String = "assets") throws(PostingError) -> [Asset]? {
        guard let objects = try input.objects(name, atMost: PostingLimits.assetsPerPost) else { return nil }
        var assets: [Asset] = []
        for (index, object) in objects.enumerated() {
            guard object.given.count == 1, let asset = try Asset(object) else {
                throw .invalid(["Asset \(index + 1) must be exactly one of image, video, document and link"])
            }
            assets.append(asset)
        }
        return assets
    }

    private init?(_ input: InputObject) throws(PostingError) {
        if let image = input.object("image") {
            self = .image(try Image(image))
        } else if let video = input.object("video") {
            self = .video(Video(video))
        } else if let document = input.object("document") {
            self = .document(
                Document(url: document.text("url"), title: document.text("title"), thumbnailURL: document.text("thumbnailUrl")))
        } else if let link = input.object("link") {
            self = .link(
                Link(
                    url: link.text("url"), title: link.string("title"), description: link.string("description"),
                    thumbnailURL: link.string("thumbnailUrl")))
        } else {
            return nil
        }
    }
}

extension Asset.Image {
    /// How many accounts one picture may name, before its network counts.
    private static let userTagLimit = 100

    fileprivate init(_ input: InputObject) throws(PostingError) {
        self.init(url: input.text("url"), thumbnailURL: input.string("thumbnailUrl"))
        guard let metadata = input.object("metadata") else { return }
        altText = metadata.text("altText")
        animatedThumbnail = metadata.string("animatedThumbnail")
        width = metadata.object("dimensions")?.int("width")
        height = metadata.object("dimensions")?.int("height")
        userTags = try metadata.objects("userTags", atMost: Self.userTagLimit)?.map(Asset.UserTag.init) ?? []
    }
}

extension Asset.UserTag {
    fileprivate init(_ input: InputObject) {
        self.init(handle: input.text("handle"), x: input.double("x") ?? 0, y: input.double("y") ?? 0)
    }
}

extension Asset.Video {
    fileprivate init(_ input: InputObject) {
        let metadata = input.object("metadata")
        self.init(
            url: input.text("url"), thumbnailURL: input.string("thumbnailUrl"), title: metadata?.string("title"),
            thumbnailOffset: metadata?.int("thumbnailOffset"))
    }
}

extension LinkAttachment {
    /// The member `linkAttachment`.
    init?(in input: InputObject) {
        guard let link = input.object("linkAttachment") else { return nil }
        self.init(
            url: link.text("url"), title: link.string("title"), description: link.string("description"),
            thumbnailURL: link.object("thumbnail")?.string("url"))
    }
}
