/// What a network says about a channel, as `Channel.metadata` shows it. Members that a service does not have stay `nil`.
public struct ChannelFacts: Sendable, Equatable, Codable {
    /// The server an account of a federated network lives on: `https://mastodon.social` (Mastodon, Bluesky).
    public var serverURL: String?
    /// How many characters that server takes (Mastodon); `nil` for its usual 500.
    public var maxCharacters: Int?
    /// The boards that pins go to (Pinterest); at most 200.
    public var boards: [Board]
    /// Where a place is (Facebook, Google Business Profile).
    public var location: Location?
    /// The plan of the account (X): a longer text for `Premium`.
    public var subscriptionType: String?
    /// Whether posts remind a person unless they say otherwise (Instagram, TikTok, YouTube).
    public var defaultToReminders: Bool?

    /// Facts; none by default.
    public init(
        serverURL: String? = nil, maxCharacters: Int? = nil, boards: [Board] = [], location: Location? = nil,
        subscriptionType: String? = nil, defaultToReminders: Bool? = nil
    ) {
        self.serverURL = serverURL
        self.maxCharacters = maxCharacters
        self.boards = boards
        self.location = location
        self.subscriptionType = subscriptionType
        self.defaultToReminders = defaultToReminders
    }

    /// From what is kept. Members that it lacks are those of a new one.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        try members.read(.serverURL, into: &serverURL)
        try members.read(.maxCharacters, into: &maxCharacters)
        try members.read(.boards, into: &boards)
        try members.read(.location, into: &location)
        try members.read(.subscriptionType, into: &subscriptionType)
        try members.read(.defaultToReminders, into: &defaultToReminders)
    }

    /// A board at Pinterest.
    public struct Board: Sendable, Equatable, Codable {
        /// Our id of it: 24 hexadecimal digits.
        public var id: String
        /// Pinterest's id of it, which `metadata.pinterest.boardServiceId` names.
        public var serviceID: String
        /// Its name.
        public var name: String
        /// Where it is.
        public var url: String
        /// What it is about.
        public var description: String?
        /// A picture.
        public var avatarURL: String?

        /// A board.
        public init(
            id: String, serviceID: String, name: String, url: String, description: String? = nil, avatarURL: String? = nil
        ) {
            self.id = id
            self.serviceID = serviceID
            self.name = name
            self.url = url
            self.description = description
            self.avatarURL = avatarURL
        }
    }

    /// Where a place is.
    public struct Location: Sendable, Equatable, Codable {
        /// Its address in words.
        public var location: String?
        /// A link to a map.
        public var mapsLink: String?
        /// Google's id of the account.
        public var googleAccountID: String?

        /// A place.
        public init(location: String? = nil, mapsLink: String? = nil, googleAccountID: String? = nil) {
            self.location = location
            self.mapsLink = mapsLink
            self.googleAccountID = googleAccountID
        }
    }
}
