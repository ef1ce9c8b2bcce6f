/// How many things an organization may have, and how large they may be.
public struct PostingLimits: Sendable, Equatable {
    /// Channels.
    public var channels = 100
    /// Posts that are scheduled or wait for approval, on all channels together.
    public var scheduledPosts = 5_000
    /// Tags.
    public var tags = 250
    /// Ideas.
    public var ideas = 10_000
    /// Groups of ideas.
    public var ideaGroups = 50
    /// Templates.
    public var templates = 500
    /// Whether the networks' own daily limits are kept.
    public var keepsDailyLimits = true

    /// Characters of any text, or of all texts of a thread, before a service counts them its own way.
    public static let textLimit = 50_000
    /// Assets of a post, before its service counts.
    public static let assetsPerPost = 100
    /// Assets of all posts in a thread.
    public static let assetsPerThread = 400
    /// Posts in a thread.
    public static let threadLimit = 100
    /// Tags of a post or an idea.
    public static let tagsPerPost = 50
    /// Characters of an address.
    public static let addressLimit = 2_000
    /// Notes of a post.
    public static let notesPerPost = 200

    /// Buffer's generous plan.
    public init() {}
}
