/// Where a post is on its way. Raw values are the wire's.
public enum PostStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not meant to go out yet.
    case draft
    /// Waits until somebody who may approve it does.
    case needsApproval = "needs_approval"
    /// Goes out at `dueAt`.
    case scheduled
    /// A publisher has it.
    case sending
    /// It is out.
    case sent
    /// It was refused by the network, or could not be handed over.
    case error
}

/// When a post goes out. Raw values are the wire's.
public enum ShareMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// At the next free time of the channel's schedule.
    case addToQueue
    /// At the first time of the queue, before all that wait.
    case shareNext
    /// At once.
    case shareNow
    /// At the moment that was named.
    case customScheduled
}

/// Who sends a post. Raw values are the wire's.
public enum SchedulingType: String, Sendable, Hashable, Codable, CaseIterable {
    /// The publisher.
    case automatic
    /// A person, who is reminded.
    case notification
}

/// Where a post was made. Raw values are the wire's.
public enum PostVia: String, Sendable, Hashable, Codable, CaseIterable {
    case api, buffer, network
}

/// What kind of post it is at its service. Raw values are the wire's.
public enum PostType: String, Sendable, Hashable, Codable, CaseIterable {
    case carousel, event, ghostPost = "ghost_post", offer, post, reel, short, story, thread, whatsNew = "whats_new"
}

/// How far a reminder got. Raw values are the wire's.
public enum NotificationStatus: String, Sendable, Hashable, Codable, CaseIterable {
    case markedAsPublished, notified
}

/// Which end of the queue a post is moved to. Raw values are the wire's.
public enum QueuePosition: String, Sendable, Hashable, Codable, CaseIterable {
    case top, bottom
}

/// What an edit does to the approval of a post. Raw values are the wire's.
public enum ApprovalChange: String, Sendable, Hashable, Codable, CaseIterable {
    /// Ask for it.
    case request
    /// Take the request back: the post is a draft again.
    case revert
}
