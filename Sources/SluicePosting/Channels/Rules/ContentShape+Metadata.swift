extension ContentShape {
    /// Sizes and addresses of what a post says to its service alone; thread and link attachment are looked at by themselves.
    mutating func check(_ metadata: PostMetadata) {
        switch metadata {
        case .bluesky(let said), .mastodon(let said), .threads(let said), .twitter(let said):
            check(said.spoilerText, atMost: Self.wordsLimit, "The spoiler text")
            check(said.topic, atMost: Self.nameLimit, "The topic")
            check(said.locationID, atMost: Self.nameLimit, "The location id")
            check(said.locationName, atMost: Self.nameLimit, "The location name")
            check(said.retweet?.id, atMost: Self.nameLimit, "The id of the quoted post")
            check(said.retweet?.comment, atMost: Self.wordsLimit, "The comment on the quoted post")
        case .facebook(let said):
            check(said.annotations)
            check(said.firstComment, atMost: Self.wordsLimit, "The first comment")
            check(said.title, atMost: Self.nameLimit, "The title")
        case .linkedin(let said):
            check(said.annotations)
            check(said.firstComment, atMost: Self.wordsLimit, "The first comment")
        case .instagram(let said): check(said)
        case .pinterest(let said):
            check(said.boardServiceID, atMost: Self.nameLimit, "The board")
            check(said.title, atMost: Self.nameLimit, "The title")
            check(address: said.url.flatMap { $0.isEmpty ? nil : $0 }, "The url of a pin")
        case .substack(let said): check(said.title, atMost: Self.nameLimit, "The title")
        case .tiktok(let said): check(said.title, atMost: Self.nameLimit, "The title")
        case .youtube(let said):
            check(said.title, atMost: Self.nameLimit, "The title")
            check(said.categoryID, atMost: Self.nameLimit, "The category")
            check(said.privacy, atMost: Self.nameLimit, "The privacy")
            check(said.license, atMost: Self.nameLimit, "The license")
        case .google(let said):
            check(said.title, atMost: Self.nameLimit, "The title")
            check(said.details?.title, atMost: Self.nameLimit, "The title of the details")
            check(said.details?.code, atMost: Self.nameLimit, "The code")
            check(said.details?.button, atMost: Self.nameLimit, "The button")
            check(said.details?.terms, atMost: Self.wordsLimit, "The terms")
            check(address: said.details?.link.flatMap { $0.isEmpty ? nil : $0 }, "The link of the details")
        }
    }

    private mutating func check(_ said: PostMetadata.Instagram) {
        check(said.firstComment, atMost: Self.wordsLimit, "The first comment")
        check(address: said.link.flatMap { $0.isEmpty ? nil : $0 }, "The link of the shop grid")
        check(said.geolocation?.id, atMost: Self.nameLimit, "The id of the geolocation")
        check(said.geolocation?.text, atMost: Self.nameLimit, "The text of the geolocation")
        let stickers = said.stickerFields
        for words in [stickers?.text, stickers?.music, stickers?.products, stickers?.topics, stickers?.other] {
            check(words, atMost: Self.wordsLimit, "A sticker field")
        }
    }

    private mutating func check(_ annotations: [PostMetadata.Annotation]) {
        guard annotations.count <= Self.annotationLimit else {
            exceed("A text may have at most \(Self.annotationLimit) annotations")
            return
        }
        for annotation in annotations {
            check(annotation.text, atMost: Self.nameLimit, "The text of an annotation")
            check(annotation.content, atMost: Self.nameLimit, "The content of an annotation")
            check(annotation.entity, atMost: Self.nameLimit, "The entity of an annotation")
            check(address: annotation.url.isEmpty ? nil : annotation.url, "The address of an annotation")
            if annotation.indices.count > 2 || annotation.indices.contains(where: { $0 < 0 }) {
                complain("The indices of an annotation are its start and its end in the text")
            }
        }
    }
}
