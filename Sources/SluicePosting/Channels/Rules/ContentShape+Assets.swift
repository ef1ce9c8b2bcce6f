extension ContentShape {
    mutating func check(_ assets: [Asset], of owner: String) {
        guard assets.count <= PostingLimits.assetsPerPost else {
            exceed("\(owner) may have at most \(PostingLimits.assetsPerPost) assets")
            return
        }
        for asset in assets {
            switch asset {
            case .image(let image): check(image)
            case .video(let video): check(video)
            case .document(let document):
                check(address: document.url, "The address of a document")
                check(address: document.thumbnailURL, "The thumbnail of a document")
                check(document.title, atMost: Self.nameLimit, "The title of a document")
            case .link(let link):
                check(address: link.url, "The address of a link")
                check(address: link.thumbnailURL, "The thumbnail of a link")
                check(link.title, atMost: Self.nameLimit, "The title of a link")
                check(link.description, atMost: Self.wordsLimit, "The description of a link")
            }
        }
    }

    private mutating func check(_ image: Asset.Image) {
        check(address: image.url, "The address of an image")
        check(address: image.thumbnailURL, "The thumbnail of an image")
        check(address: image.animatedThumbnail, "The animated thumbnail of an image")
        check(image.altText, atMost: Self.wordsLimit, "The alt text of an image")
        for side in [image.width, image.height] {
            if let side, !(1...100_000).contains(side) { complain("The dimensions of an image are 1 to 100000 pixels") }
        }
        if image.userTags.count > Self.userTagLimit { exceed("An image may name at most \(Self.userTagLimit) people") }
        for tag in image.userTags.prefix(Self.userTagLimit) {
            if tag.handle.isEmpty || tag.handle.isLonger(than: 100) {
                complain("A user tag requires a handle of 1 to 100 characters")
            }
            // Not a number is in no range.
            if !(0...1).contains(tag.x) || !(0...1).contains(tag.y) { complain("The x and y of a user tag are 0.0 to 1.0") }
        }
    }

    private mutating func check(_ video: Asset.Video) {
        check(address: video.url, "The address of a video")
        check(video.title, atMost: Self.nameLimit, "The title of a video")
        // In the schema, but refused: networks that let the picture be chosen take a frame of the film.
        if video.thumbnailURL != nil {
            complain("Videos do not take a thumbnailUrl: choose a frame with metadata.thumbnailOffset")
        }
        if let offset = video.thumbnailOffset, !(0...86_400_000).contains(offset) {
            complain("The thumbnailOffset of a video is in milliseconds from its start, at most a day")
        }
    }
}
