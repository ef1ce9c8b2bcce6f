public import Foundation

/// One account at one network that an organization posts to.
public struct Channel: Sendable, Equatable {
    /// The channel's id.
    public let id: ChannelID
    /// The organization it belongs to.
    public let organization: OrganizationReference
    /// The network.
    public let service: Service
    /// What kind of account it is there.
    public let type: ChannelType
    /// The network's own id of the account; unique within organization and service.
    public let serviceID: String
    /// The handle or name at the network; 1 to 100 characters.
    public var name: String
    /// What people call it, if that is another name; at most 100 characters.
    public var displayName: String?
    /// The IANA name of the time zone its schedule is read in.
    public var timeZone: String
    /// When queued posts go out.
    public var schedule: PostingSchedule
    /// Whether its queue stands still; what is shared at once still goes out.
    public var isQueuePaused: Bool
    /// Whether it may be read but not posted to.
    public var isLocked: Bool
    /// Whether the network no longer accepts its credentials.
    public var isDisconnected: Bool
    /// Where it is at the network; at most 2,000 characters.
    public var externalLink: String?
    /// A picture; `nil` for one that is drawn.
    public var avatarURL: String?
    /// What the network says about it.
    public var facts: ChannelFacts
    /// How many posts a week somebody aims for; `nil` without a goal.
    public var postingGoal: Int?
    /// Who sends its posts: the name of a publisher.
    public let publisher: PublisherName
    /// When it was made.
    public let createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date

    /// A channel from stored values.
    public init(
        id: ChannelID, organization: OrganizationReference, service: Service, type: ChannelType, serviceID: String, name: String,
        displayName: String?, timeZone: String, schedule: PostingSchedule, isQueuePaused: Bool, isLocked: Bool,
        isDisconnected: Bool, externalLink: String?, avatarURL: String?, facts: ChannelFacts, postingGoal: Int?,
        publisher: PublisherName, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.organization = organization
        self.service = service
        self.type = type
        self.serviceID = serviceID
        self.name = name
        self.displayName = displayName
        self.timeZone = timeZone
        self.schedule = schedule
        self.isQueuePaused = isQueuePaused
        self.isLocked = isLocked
        self.isDisconnected = isDisconnected
        self.externalLink = externalLink
        self.avatarURL = avatarURL
        self.facts = facts
        self.postingGoal = postingGoal
        self.publisher = publisher
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// `LinkedIn Page`.
    public var descriptor: String { "\(service.name) \(type.word)" }

    /// Whether a post of this mode goes out by itself now.
    public func lets(out mode: ShareMode) -> Bool { !isLocked && !isDisconnected && (!isQueuePaused || mode == .shareNow) }

    /// Whether its queue stands still: a post whose time has passed waits, and may be given another.
    public var isHeld: Bool { !lets(out: .addToQueue) }

    /// Its time zone; UTC if this machine does not know the name.
    public var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }
}
