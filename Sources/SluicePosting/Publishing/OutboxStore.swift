public import Foundation

/// Where the outbox is kept: what would have gone out, had the networks been real. Every engine passes `OutboxStoreContract`.
public protocol OutboxStore: Sendable {
    /// Records a delivery, once for each post however often it is told, and says what the channel's fault wants done with it.
    /// - Returns: The reason to refuse the post with, taken off the channel's fault in the same step; `nil` if it is recorded.
    func record(_ delivery: OutboxDelivery) async throws -> PublishingError?

    /// What is in an organization's outbox, newest first.
    /// - Parameter channel: Only this channel's; `nil` for all.
    func outbox(
        of organization: OrganizationReference, channel: ChannelID?, _ page: PageRequest
    ) async throws -> Page<OutboxDelivery>

    /// Makes the channel's next `count` posts fail with `error`; `nil` ends that.
    /// - Returns: `false` if there is no such channel.
    func setFault(_ error: PublishingError?, count: Int, of channel: ChannelID) async throws -> Bool
}

/// What went to the outbox: a post as it was when it went.
public struct OutboxDelivery: Sendable, Equatable {
    /// The post.
    public let postID: PostID
    /// Its channel.
    public let channelID: ChannelID
    /// Its organization.
    public let organization: OrganizationReference
    /// Its service.
    public let service: Service
    /// When it was due.
    public let dueAt: Date?
    /// When it went.
    public let sentAt: Date
    /// Which attempt it was.
    public let attempt: Int
    /// Its words.
    public let text: String
    /// What went with it.
    public let assets: [Asset]
    /// What it said to its service alone.
    public let metadata: PostMetadata?

    /// A delivery from stored values.
    public init(
        postID: PostID, channelID: ChannelID, organization: OrganizationReference, service: Service, dueAt: Date?, sentAt: Date,
        attempt: Int, text: String, assets: [Asset], metadata: PostMetadata?
    ) {
        self.postID = postID
        self.channelID = channelID
        self.organization = organization
        self.service = service
        self.dueAt = dueAt
        self.sentAt = sentAt
        self.attempt = attempt
        self.text = text
        self.assets = assets
        self.metadata = metadata
    }

    /// What a claim delivers now.
    public init(_ claim: Claim, at now: Date) {
        self.init(
            postID: claim.post.id, channelID: claim.channel.id, organization: claim.post.organization,
            service: claim.post.service,
            dueAt: claim.post.dueAt, sentAt: now, attempt: claim.attempt, text: claim.post.text, assets: claim.post.assets,
            metadata: claim.post.metadata)
    }
}
