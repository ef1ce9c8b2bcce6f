/// A channel that somebody wants to add, before any rule was asked.
public struct ChannelDraft: Sendable, Equatable {
    /// The network.
    public var service: Service
    /// What kind of account it is there; `nil` for the service's usual kind.
    public var type: ChannelType?
    /// The handle or name at the network.
    public var name: String
    /// What people call it, if that is another name.
    public var displayName: String?
    /// The network's own id of the account; `nil` for one that is made up.
    public var serviceID: String?
    /// The IANA name of its time zone.
    public var timeZone: String
    /// When queued posts go out.
    public var schedule: PostingSchedule
    /// Where it is at the network.
    public var externalLink: String?
    /// What the network says about it.
    public var facts: ChannelFacts
    /// Who sends its posts.
    public var publisher: PublisherName
    /// The id it is to have, which no channel has yet; `nil` for one that is made up.
    public var id: ChannelID?

    /// A channel in UTC with the usual schedule.
    public init(
        service: Service, type: ChannelType? = nil, name: String, displayName: String? = nil, serviceID: String? = nil,
        timeZone: String = "UTC", schedule: PostingSchedule = .standard, externalLink: String? = nil,
        facts: ChannelFacts = ChannelFacts(), publisher: PublisherName = .outbox, id: ChannelID? = nil
    ) {
        self.service = service
        self.type = type
        self.name = name
        self.displayName = displayName
        self.serviceID = serviceID
        self.timeZone = timeZone
        self.schedule = schedule
        self.externalLink = externalLink
        self.facts = facts
        self.publisher = publisher
        self.id = id
    }
}

/// What somebody wants to change about a channel. What is `nil` stays; `.some(nil)` takes away what may be absent.
public struct ChannelEdit: Sendable, Equatable {
    /// Another handle or name.
    public var name: String?
    /// Another name that people call it.
    public var displayName: String??
    /// Another time zone: its IANA name. The queue follows the schedule there.
    public var timeZone: String?
    /// Whether it may be read but not posted to.
    public var isLocked: Bool?
    /// Whether the network no longer accepts its credentials.
    public var isDisconnected: Bool?
    /// Another place at the network.
    public var externalLink: String??
    /// Other facts, instead of all there were.
    public var facts: ChannelFacts?
    /// Another goal of posts a week.
    public var postingGoal: Int??

    /// A change of what is given.
    public init(
        name: String? = nil, displayName: String?? = nil, timeZone: String? = nil, isLocked: Bool? = nil,
        isDisconnected: Bool? = nil, externalLink: String?? = nil, facts: ChannelFacts? = nil, postingGoal: Int?? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.timeZone = timeZone
        self.isLocked = isLocked
        self.isDisconnected = isDisconnected
        self.externalLink = externalLink
        self.facts = facts
        self.postingGoal = postingGoal
    }
}
