public import Foundation

/// Where posts are kept. Every engine passes `PostStoreContract`, races included.
public protocol PostStore: Sendable {
    /// The post; `nil` if there is none.
    func post(_ id: PostID) async throws -> Post?

    /// The posts a query asks for.
    /// - Throws: ``PostingError/unknownCursor``, as every list here does.
    func posts(_ query: PostQuery, _ page: PageRequest) async throws -> Page<Post>

    /// Runs one step with the channel's posts held still, and keeps all of its writes or, if it throws, none: the only way posts
    /// change, apart from being sent. Steps on one channel follow each other, so a rule that reads the queue and then writes
    /// cannot be overtaken.
    /// - Parameter step: Rules only: it reads and writes through the ledger, and waits for nothing.
    /// - Throws: What `step` throws; `PostingError.notFound("Channel")` without calling it if there is no such channel.
    func change<Outcome: Sendable>(
        _ channel: ChannelID, _ step: @escaping @Sendable (any PostLedger) throws -> Outcome
    ) async throws -> Outcome

    /// How many posts are out, and on their way, in a span of time: for daily limits and goals. Scheduled ones count by `dueAt`,
    /// sent ones by `sentAt`; drafts and posts that wait for approval do not count.
    func tallies(of channels: [ChannelID], from start: Date, to end: Date) async throws -> [ChannelID: PostTally]

    /// Takes posts that are due out of the queue for sending: status `sending`, owned by this claim until `leaseEnds`.
    ///
    /// Due is what is `scheduled` with `dueAt` up to now on a channel that is neither paused, locked nor disconnected, and what a
    /// claim took whose lease has ended. Of any number of simultaneous callers one gets a post. `shareNow` goes out of a paused
    /// channel.
    func claimDue(at now: Date, leaseEnds: Date, limit: Int) async throws -> [Claim]

    /// Writes down what became of a claim: `.sent` and `.notified` make the post `sent` at `now` (`.notified` with
    /// `notificationStatus` `notified` and without metrics), `.refused` makes it `error`, and `.retry` `scheduled` again, with
    /// the `dueAt` that people see kept, but not to be claimed before the retry's moment.
    /// - Returns: `false`, and changes nothing, if the claim is not the post's newest any more.
    func finish(_ claim: Claim, _ result: PublishingResult, at now: Date) async throws -> Bool

    /// When the next post is due or the next lease ends; `nil` if nothing waits.
    func nextDue() async throws -> Date?

    /// Replaces what the network counted for a sent post.
    /// - Returns: `false` if it is not sent.
    func note(_ metrics: [PostMetric], of post: PostID, at now: Date) async throws -> Bool

    /// The sum of each metric over the sent posts of a span, the number of these posts, and the oldest time their counts were
    /// asked for.
    /// - Parameter channels: `nil` for all of the organization.
    func metricTotals(
        of organization: OrganizationReference, channels: [ChannelID]?, tags: TagFilter?, from start: Date, to end: Date
    ) async throws -> MetricTotals
}

/// The posts of one channel within a step that holds them still. Do not keep one beyond its step.
public protocol PostLedger {
    /// The channel as it is at the beginning of the step.
    var channel: Channel { get }

    /// A post of this channel; `nil` for another's.
    func post(_ id: PostID) throws -> Post?

    /// What waits at times of the schedule (``Post/isQueued``), earliest first, ties by id.
    func queue() throws -> [QueueEntry]

    /// How many posts are scheduled at each moment from `start` on, queued or not.
    func takenMoments(from start: Date) throws -> [Date: Int]

    /// Posts that count for a daily limit in a span: `scheduled` and `sending` by `dueAt`, `sent` by `sentAt`.
    func tally(from start: Date, to end: Date) throws -> PostTally

    /// How many posts of the organization are scheduled or wait for approval, on all its channels.
    func scheduledCount() throws -> Int

    /// Which of these tags the channel's organization has.
    func knownTags(_ ids: [TagID]) throws -> Set<TagID>

    /// Whether the channel's organization has this idea.
    func knowsIdea(_ id: IdeaID) throws -> Bool

    /// Keeps a new post with its tags.
    func insert(_ post: Post) throws

    /// Replaces a post and its tags. It starts over: the moment of an earlier `.retry` no longer holds it back, its attempts count
    /// from the first again, and a claim from before is not taken for one of the same number after it.
    /// - Throws: `PostingError.notFound("Post")`, too, for a post that is to be `sending`: only a claim makes it that.
    func update(_ post: Post) throws

    /// Gives a queued post another time. The moment of an earlier `.retry` goes on holding it back.
    func move(_ id: PostID, to dueAt: Date) throws

    /// Deletes a post with its tags and notes.
    func delete(_ id: PostID) throws

    /// Replaces the channel's changeable parts.
    func update(_ channel: Channel) throws
}

/// A post that waits in a queue.
public struct QueueEntry: Sendable, Equatable {
    /// Which.
    public let id: PostID
    /// When it goes out.
    public let dueAt: Date

    /// An entry.
    public init(id: PostID, dueAt: Date) {
        self.id = id
        self.dueAt = dueAt
    }
}

/// How many posts of a channel are out and on their way.
public struct PostTally: Sendable, Equatable {
    /// On their way.
    public var scheduled: Int
    /// Out.
    public var sent: Int

    /// Counts.
    public init(scheduled: Int = 0, sent: Int = 0) {
        self.scheduled = scheduled
        self.sent = sent
    }
}
