// What each service takes beside the text.
extension PostMetadata {
    /// For Facebook.
    public struct Facebook: Sendable, Equatable, Codable {
        /// `post`, `reel` or `story`.
        public var type: PostType
        /// Mentions in the text.
        public var annotations: [Annotation] = []
        /// A comment of our own under the post.
        public var firstComment: String?
        /// A card under the text.
        public var linkAttachment: LinkAttachment?
        /// Its title.
        public var title: String?

        /// A kind of post.
        public init(type: PostType) { self.type = type }

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init(type: try members.decode(PostType.self, forKey: .type))
            try members.read(.annotations, into: &annotations)
            try members.read(.firstComment, into: &firstComment)
            try members.read(.linkAttachment, into: &linkAttachment)
            try members.read(.title, into: &title)
        }
    }

    /// For LinkedIn.
    public struct LinkedIn: Sendable, Equatable, Codable {
        /// Mentions in the text.
        public var annotations: [Annotation] = []
        /// A comment of our own under the post.
        public var firstComment: String?
        /// A card under the text.
        public var linkAttachment: LinkAttachment?

        /// Nothing said.
        public init() {}

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init()
            try members.read(.annotations, into: &annotations)
            try members.read(.firstComment, into: &firstComment)
            try members.read(.linkAttachment, into: &linkAttachment)
        }
    }

    /// For Instagram.
    public struct Instagram: Sendable, Equatable, Codable {
        /// `post`, `reel`, `story` or `carousel`.
        public var type: PostType
        /// Whether a reel also shows among the posts.
        public var shouldShareToFeed: Bool
        /// A comment of our own under the post.
        public var firstComment: String?
        /// The link of a shop grid.
        public var link: String?
        /// Where it was made.
        public var geolocation: Geolocation?
        /// What a person should put on a story.
        public var stickerFields: StickerFields?
        /// Whether a machine made it.
        public var isAIGenerated = false

        /// A kind of post.
        public init(type: PostType, shouldShareToFeed: Bool) {
            self.type = type
            self.shouldShareToFeed = shouldShareToFeed
        }

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                type: try members.decode(PostType.self, forKey: .type),
                shouldShareToFeed: try members.decode(Bool.self, forKey: .shouldShareToFeed))
            try members.read(.firstComment, into: &firstComment)
            try members.read(.link, into: &link)
            try members.read(.geolocation, into: &geolocation)
            try members.read(.stickerFields, into: &stickerFields)
            try members.read(.isAIGenerated, into: &isAIGenerated)
        }

        /// A place.
        public struct Geolocation: Sendable, Equatable, Codable {
            /// The network's id of it.
            public var id: String?
            /// In words.
            public var text: String?

            /// A place.
            public init(id: String? = nil, text: String? = nil) {
                self.id = id
                self.text = text
            }
        }

        /// What a person should put on a story.
        public struct StickerFields: Sendable, Equatable, Codable {
            /// Words.
            public var text: String?
            /// Music.
            public var music: String?
            /// Products.
            public var products: String?
            /// Topics.
            public var topics: String?
            /// Anything else.
            public var other: String?

            /// Stickers.
            public init(
                text: String? = nil, music: String? = nil, products: String? = nil, topics: String? = nil, other: String? = nil
            ) {
                self.text = text
                self.music = music
                self.products = products
                self.topics = topics
                self.other = other
            }
        }
    }

    /// For Pinterest.
    public struct Pinterest: Sendable, Equatable, Codable {
        /// The board, by Pinterest's id of it.
        public var boardServiceID: String?
        /// Its title.
        public var title: String?
        /// Where the pin leads.
        public var url: String?

        /// Nothing said.
        public init(boardServiceID: String? = nil, title: String? = nil, url: String? = nil) {
            self.boardServiceID = boardServiceID
            self.title = title
            self.url = url
        }
    }

    /// For Substack.
    public struct Substack: Sendable, Equatable, Codable {
        /// Members that only the later schema names, as they came: name and value.
        public var title: String?

        /// A card under the text.
        public var linkAttachment: LinkAttachment?

        /// Nothing said.
        public init(title: String? = nil) { self.title = title }
    }

    /// For TikTok.
    public struct TikTok: Sendable, Equatable, Codable {
        /// Its title.
        public var title: String?
        /// Whether a machine made it.
        public var isAIGenerated: Bool

        /// A film's words.
        public init(title: String? = nil, isAIGenerated: Bool = false) {
            self.title = title
            self.isAIGenerated = isAIGenerated
        }

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init()
            try members.read(.title, into: &title)
            try members.read(.isAIGenerated, into: &isAIGenerated)
        }
    }

    /// For YouTube.
    public struct YouTube: Sendable, Equatable, Codable {
        /// Its title.
        public var title: String?
        /// YouTube's id of the category.
        public var categoryID: String?
        /// `public`, `unlisted` or `private`.
        public var privacy: String?
        /// `youtube` or `creativeCommon`.
        public var license: String?
        /// Whether other pages may show it.
        public var isEmbeddable = true
        /// Whether subscribers are told.
        public var notifiesSubscribers = true
        /// Whether it is made for children.
        public var isMadeForKids = false
        /// Whether a machine made it.
        public var isAIGenerated = false

        /// Nothing said.
        public init() {}

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init()
            try members.read(.title, into: &title)
            try members.read(.categoryID, into: &categoryID)
            try members.read(.privacy, into: &privacy)
            try members.read(.license, into: &license)
            try members.read(.isEmbeddable, into: &isEmbeddable)
            try members.read(.notifiesSubscribers, into: &notifiesSubscribers)
            try members.read(.isMadeForKids, into: &isMadeForKids)
            try members.read(.isAIGenerated, into: &isAIGenerated)
        }
    }

    /// For Google Business Profile.
    public struct GoogleBusiness: Sendable, Equatable, Codable {
        /// `whats_new`, `event` or `offer`.
        public var type: PostType
        /// Its title.
        public var title: String?
        /// What belongs to the type.
        public var details: Details?

        /// A kind of post.
        public init(type: PostType, title: String? = nil, details: Details? = nil) {
            self.type = type
            self.title = title
            self.details = details
        }

        /// What belongs to a type. Each kind uses the members it has.
        public struct Details: Sendable, Equatable, Codable {
            /// Which type these details are for.
            public var kind: PostType
            /// The title of an event or offer.
            public var title: String?
            /// When it begins, in milliseconds since 1970.
            public var start: Int64?
            /// When it ends, in milliseconds since 1970.
            public var end: Int64?
            /// Whether it lasts whole days.
            public var isFullDay = false
            /// Where its button leads.
            public var link: String?
            /// The button: `book`, `call`, `learn_more`, `none`, `order`, `shop` or `signup`.
            public var button: String?
            /// The code of an offer.
            public var code: String?
            /// The terms of an offer.
            public var terms: String?

            /// Details of a kind.
            public init(kind: PostType) { self.kind = kind }

            /// From what is kept. Members that it lacks are those of a new one.
            public init(from decoder: any Decoder) throws {
                let members = try decoder.container(keyedBy: CodingKeys.self)
                self.init(kind: try members.decode(PostType.self, forKey: .kind))
                try members.read(.title, into: &title)
                try members.read(.start, into: &start)
                try members.read(.end, into: &end)
                try members.read(.isFullDay, into: &isFullDay)
                try members.read(.link, into: &link)
                try members.read(.button, into: &button)
                try members.read(.code, into: &code)
                try members.read(.terms, into: &terms)
            }
        }
    }
}
