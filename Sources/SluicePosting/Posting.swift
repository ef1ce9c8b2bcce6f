/// Channels, posts, ideas and what belongs to them, over one store. Make one for each process.
///
/// Nothing here asks who somebody is or what they may: callers do, before they call.
public final class Posting: Sendable {
    /// Accounts at networks.
    public let channels: Channels
    /// Posts and their queues.
    public let posts: Posts
    /// Ideas and their groups.
    public let ideas: Ideas
    /// Tags.
    public let tags: Tags
    /// Notes about posts.
    public let notes: Notes
    /// Templates.
    public let templates: Templates
    /// What went out by the outbox publisher.
    public let outbox: Outbox
    /// Sends what is due, while somebody runs it.
    public let scheduler: Scheduler
    /// How much organizations may have.
    public let limits: PostingLimits

    /// - Parameter publishers: Those beside ``PublisherName/outbox``, which is always there.
    public init(
        store: any PostingStore, limits: PostingLimits = PostingLimits(),
        environment: PostingEnvironment = PostingEnvironment(), publishers: [PublisherName: any Publisher] = [:]
    ) {
        var publishers = publishers
        if publishers[.outbox] == nil { publishers[.outbox] = OutboxPublisher(store: store, environment: environment) }
        let scheduler = Scheduler(store: store, environment: environment, publishers: publishers)
        self.limits = limits
        self.scheduler = scheduler
        channels = Channels(store: store, limits: limits, environment: environment, wake: scheduler.wake)
        posts = Posts(store: store, limits: limits, environment: environment, wake: scheduler.wake)
        ideas = Ideas(store: store, limits: limits, environment: environment)
        tags = Tags(store: store, limits: limits, environment: environment)
        notes = Notes(store: store, environment: environment)
        templates = Templates(store: store, limits: limits, environment: environment)
        outbox = Outbox(store: store)
    }
}
