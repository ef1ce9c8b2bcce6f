/// A picture, film, document or link that goes with a post. The file stays where it is: only its public address is kept.
public enum Asset: Sendable, Equatable, Codable {
    case image(Image)
    case video(Video)
    case document(Document)
    case link(Link)

    /// A picture.
    public struct Image: Sendable, Equatable, Codable {
        /// Its public address.
        public var url: String
        /// A smaller picture of it.
        public var thumbnailURL: String?
        /// What it shows, for those who cannot see it; empty if nobody said.
        public var altText: String
        /// A moving preview.
        public var animatedThumbnail: String?
        /// In pixels; `nil` if nobody said.
        public var width: Int?
        /// In pixels; `nil` if nobody said.
        public var height: Int?
        /// Who is on it, and where.
        public var userTags: [UserTag]

        /// A picture.
        public init(
            url: String, thumbnailURL: String? = nil, altText: String = "", animatedThumbnail: String? = nil, width: Int? = nil,
            height: Int? = nil, userTags: [UserTag] = []
        ) {
            self.url = url
            self.thumbnailURL = thumbnailURL
            self.altText = altText
            self.animatedThumbnail = animatedThumbnail
            self.width = width
            self.height = height
            self.userTags = userTags
        }

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init(url: try members.decode(String.self, forKey: .url))
            try members.read(.thumbnailURL, into: &thumbnailURL)
            try members.read(.altText, into: &altText)
            try members.read(.animatedThumbnail, into: &animatedThumbnail)
            try members.read(.width, into: &width)
            try members.read(.height, into: &height)
            try members.read(.userTags, into: &userTags)
        }
    }

    /// An account that is named on a picture.
    public struct UserTag: Sendable, Equatable, Codable {
        /// Its name at the network.
        public var handle: String
        /// From the left edge: 0.0 to 1.0.
        public var x: Double
        /// From the top edge: 0.0 to 1.0.
        public var y: Double

        /// A tag.
        public init(handle: String, x: Double, y: Double) {
            self.handle = handle
            self.x = x
            self.y = y
        }
    }

    /// A film.
    public struct Video: Sendable, Equatable, Codable {
        /// Its public address.
        public var url: String
        /// A picture of it.
        public var thumbnailURL: String?
        /// Its title.
        public var title: String?
        /// Which frame stands for it, in milliseconds from the start.
        public var thumbnailOffset: Int?

        /// A film.
        public init(url: String, thumbnailURL: String? = nil, title: String? = nil, thumbnailOffset: Int? = nil) {
            self.url = url
            self.thumbnailURL = thumbnailURL
            self.title = title
            self.thumbnailOffset = thumbnailOffset
        }
    }

    /// A document of pages.
    public struct Document: Sendable, Equatable, Codable {
        /// Its public address.
        public var url: String
        /// Its title.
        public var title: String
        /// A picture of its first page.
        public var thumbnailURL: String

        /// A document.
        public init(url: String, title: String, thumbnailURL: String) {
            self.url = url
            self.title = title
            self.thumbnailURL = thumbnailURL
        }
    }

    /// A link, in the older way; `linkAttachment` is the newer.
    public struct Link: Sendable, Equatable, Codable {
        /// Where it leads.
        public var url: String
        /// Its title.
        public var title: String?
        /// What is there.
        public var description: String?
        /// A picture.
        public var thumbnailURL: String?

        /// A link.
        public init(url: String, title: String? = nil, description: String? = nil, thumbnailURL: String? = nil) {
            self.url = url
            self.title = title
            self.description = description
            self.thumbnailURL = thumbnailURL
        }
    }

    /// Where it is.
    public var url: String {
        switch self {
        case .image(let image): image.url
        case .video(let video): video.url
        case .document(let document): document.url
        case .link(let link): link.url
        }
    }
}

/// A link that is shown under the text as a card.
public struct LinkAttachment: Sendable, Equatable, Codable {
    /// Where it leads.
    public var url: String
    /// Its title; `nil` for the page's own.
    public var title: String?
    /// What is there; `nil` for the page's own words.
    public var description: String?
    /// A picture; `nil` for the page's own.
    public var thumbnailURL: String?

    /// A link.
    public init(url: String, title: String? = nil, description: String? = nil, thumbnailURL: String? = nil) {
        self.url = url
        self.title = title
        self.description = description
        self.thumbnailURL = thumbnailURL
    }
}
