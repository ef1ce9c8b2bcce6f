public import Foundation

/// One message to one channel, on its way or out.
public struct Post: Sendable, Equatable {
    /// The post's id.
    public let id: PostID
    /// Where it goes.
    public let channelID: ChannelID
    /// The organization of its channel.
    public let organization: OrganizationReference
    /// The service of its channel.
    public let service: Service
    /// Who wrote it; `nil` if that account is closed.
    public var author: AccountReference?
    /// Its words; may be empty beside assets.
    public var text: String
    /// What goes with it, in order.
    public var assets: [Asset]
    /// What it says to its service alone.
    public var metadata: PostMetadata?
    /// Where it is on its way.
    public var status: PostStatus
    /// When it goes out; `nil` for a draft without a time.
    public var dueAt: Date?
    /// When it went out.
    public var sentAt: Date?
    /// How its time was chosen.
    public var shareMode: ShareMode
    /// Who sends it.
    public var schedulingType: SchedulingType
    /// Where it was made.
    public let via: PostVia
    /// The idea it came from.
    public var ideaID: IdeaID?
    /// Its tags, in the order they were given; at most ``PostingLimits/tagsPerPost``.
    public var tagIDs: [TagID]
    /// Why it did not go out.
    public var error: PublishingError?
    /// Where it is at its network.
    public var externalLink: String?
    /// How far its reminder got.
    public var notificationStatus: NotificationStatus?
    /// What its network counted.
    public var metrics: [PostMetric]
    /// When that was last asked for; `nil` until it is sent.
    public var metricsUpdatedAt: Date?
    /// Whether a machine helped with it.
    public var isAIAssisted: Bool
    /// The moment that its writer named, while it is a draft or waits for approval: `dueAt` once it is scheduled. With the mode
    /// `customScheduled` alone.
    public var plannedAt: Date?
    /// When it was made.
    public let createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date

    /// A post that was not sent yet.
    public init(
        id: PostID, channelID: ChannelID, organization: OrganizationReference, service: Service, author: AccountReference?,
        text: String, assets: [Asset], metadata: PostMetadata?, status: PostStatus, dueAt: Date?, shareMode: ShareMode,
        schedulingType: SchedulingType, via: PostVia, createdAt: Date
    ) {
        self.id = id
        self.channelID = channelID
        self.organization = organization
        self.service = service
        self.author = author
        self.text = text
        self.assets = assets
        self.metadata = metadata
        self.status = status
        self.dueAt = dueAt
        self.shareMode = shareMode
        self.schedulingType = schedulingType
        self.via = via
        self.createdAt = createdAt
        updatedAt = createdAt
        tagIDs = []
        metrics = []
        isAIAssisted = false
    }

    /// Whether it waits at a time of the schedule that the queue gave it, and may give another.
    public var isQueued: Bool { status == .scheduled && (shareMode == .addToQueue || shareMode == .shareNext) }
}

/// Why a post did not go out, as its network or publisher said.
public struct PublishingError: Sendable, Equatable, Codable {
    /// For people; at most 1,000 characters.
    public let message: String
    /// As the network said it; at most 4,000 characters.
    public let rawError: String?
    /// A page that helps.
    public let supportURL: String?

    /// An error; longer texts are cut.
    public init(message: String, rawError: String? = nil, supportURL: String? = nil) {
        self.message = String(message.prefix(1_000))
        self.rawError = rawError.map { String($0.prefix(4_000)) }
        self.supportURL = supportURL
    }
}
