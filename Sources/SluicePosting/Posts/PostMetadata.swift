/// What a post says to one service alone. The case must be the one of the channel's service.
public enum PostMetadata: Sendable, Equatable, Codable {
    case bluesky(Threaded)
    case facebook(Facebook)
    case google(GoogleBusiness)
    case instagram(Instagram)
    case linkedin(LinkedIn)
    case mastodon(Threaded)
    case pinterest(Pinterest)
    case substack(Substack)
    case threads(Threaded)
    case tiktok(TikTok)
    case twitter(Threaded)
    case youtube(YouTube)

    /// The service it is for.
    public var service: Service {
        switch self {
        case .bluesky: .bluesky
        case .facebook: .facebook
        case .google: .googlebusiness
        case .instagram: .instagram
        case .linkedin: .linkedin
        case .mastodon: .mastodon
        case .pinterest: .pinterest
        case .substack: .substack
        case .threads: .threads
        case .tiktok: .tiktok
        case .twitter: .twitter
        case .youtube: .youtube
        }
    }

    /// The posts of a thread, the root first; empty for a single post.
    public var thread: [ThreadedPost] {
        switch self {
        case .bluesky(let metadata), .mastodon(let metadata), .threads(let metadata), .twitter(let metadata): metadata.thread
        default: []
        }
    }

    /// The card under the text, where the service has one.
    public var linkAttachment: LinkAttachment? {
        switch self {
        case .bluesky(let metadata), .threads(let metadata): metadata.linkAttachment
        case .facebook(let metadata): metadata.linkAttachment
        case .linkedin(let metadata): metadata.linkAttachment
        case .substack(let metadata): metadata.linkAttachment
        default: nil
        }
    }

    /// One post of a thread.
    public struct ThreadedPost: Sendable, Equatable, Codable {
        /// Its text.
        public var text: String
        /// What goes with it.
        public var assets: [Asset]
        /// A card under it (Bluesky, Threads).
        public var linkAttachment: LinkAttachment?

        /// A post of a thread.
        public init(text: String, assets: [Asset] = [], linkAttachment: LinkAttachment? = nil) {
            self.text = text
            self.assets = assets
            self.linkAttachment = linkAttachment
        }

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init(text: try members.decode(String.self, forKey: .text))
            try members.read(.assets, into: &assets)
            try members.read(.linkAttachment, into: &linkAttachment)
        }
    }

    /// For the services that have threads: X, Bluesky, Mastodon, Threads. Each uses the members it has.
    public struct Threaded: Sendable, Equatable, Codable {
        /// Every post of the thread, the root too; empty for a single post.
        public var thread: [ThreadedPost] = []
        /// A card under the text (Bluesky, Threads).
        public var linkAttachment: LinkAttachment?
        /// What readers see before they open the post (Mastodon).
        public var spoilerText: String?
        /// The post that is quoted (X).
        public var retweet: Retweet?
        /// Whether a machine made it (X).
        public var isAIGenerated = false
        /// What it is about (Threads).
        public var topic: String?
        /// Where it is about (Threads): the network's id.
        public var locationID: String?
        /// Where it is about, in words (Threads).
        public var locationName: String?
        /// What kind of post it is, if the writer said (Threads).
        public var type: PostType?

        /// Nothing said.
        public init() {}

        /// From what is kept. Members that it lacks are those of a new one.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            self.init()
            try members.read(.thread, into: &thread)
            try members.read(.linkAttachment, into: &linkAttachment)
            try members.read(.spoilerText, into: &spoilerText)
            try members.read(.retweet, into: &retweet)
            try members.read(.isAIGenerated, into: &isAIGenerated)
            try members.read(.topic, into: &topic)
            try members.read(.locationID, into: &locationID)
            try members.read(.locationName, into: &locationName)
            try members.read(.type, into: &type)
        }
    }

    /// The post that is quoted.
    public struct Retweet: Sendable, Equatable, Codable {
        /// The network's id of it.
        public var id: String
        /// What is said about it.
        public var comment: String?

        /// A quotation.
        public init(id: String, comment: String? = nil) {
            self.id = id
            self.comment = comment
        }
    }

    /// A mention in a text. For Facebook `indices` are given, for LinkedIn `start`, `length` and the person's or page's names.
    public struct Annotation: Sendable, Equatable, Codable {
        /// The words in the text.
        public var text: String
        /// What they stand for.
        public var content: String
        /// Where that is.
        public var url: String
        /// Start and end in the text, in UTF-16 code units.
        public var indices: [Int]
        /// LinkedIn's own id of the mentioned.
        public var entity: String?

        /// A mention.
        public init(text: String, content: String, url: String, indices: [Int], entity: String? = nil) {
            self.text = text
            self.content = content
            self.url = url
            self.indices = indices
            self.entity = entity
        }
    }
}
