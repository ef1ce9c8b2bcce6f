import Foundation

/// One step on the posts of a channel that are held still: it decides by the rules and writes through the ledger. When it
/// throws, the store keeps none of its writes, so it may write before it has asked everything.
struct PostStep {
    /// How far ahead a post may be planned.
    static let planningYears = 10
    /// How far a clock that names `dueAt` may be behind ours.
    static let clockSkew: TimeInterval = 60

    let ledger: any PostLedger
    let limits: PostingLimits
    let now: Date
    /// The channel, with what this step changed about it.
    var channel: Channel

    init(ledger: any PostLedger, limits: PostingLimits, now: Date) {
        self.ledger = ledger
        self.limits = limits
        self.now = now
        channel = ledger.channel
    }

    /// A post of the channel.
    func require(_ id: PostID) throws -> Post {
        guard let post = try ledger.post(id) else { throw PostingError.notFound("Post") }
        return post
    }

    /// Refuses what would post to a channel that takes none.
    func requireOpen() throws {
        if channel.isLocked { throw PostingError.conflict("The channel is locked and takes no posts") }
        if channel.isDisconnected {
            throw PostingError.conflict("The channel is disconnected: connect it again before posting to it")
        }
    }

    /// The tags without repeats, all of the channel's organization.
    func require(tags ids: [TagID]) throws -> [TagID] {
        var seen: Set<TagID> = []
        let ids = ids.filter { seen.insert($0).inserted }
        guard ids.count <= PostingLimits.tagsPerPost else {
            throw PostingError.invalid(["A post may have at most \(PostingLimits.tagsPerPost) tags"])
        }
        guard try ids.isEmpty || ledger.knownTags(ids).count == ids.count else { throw PostingError.notFound("Tag") }
        return ids
    }

    func require(idea id: IdeaID?) throws {
        guard let id, try !ledger.knowsIdea(id) else { return }
        throw PostingError.notFound("Idea")
    }

    /// Refuses one more post that waits, where the organization has as many as it may.
    func requireRoom() throws {
        guard try ledger.scheduledCount() >= limits.scheduledPosts else { return }
        throw PostingError.limitReached(
            "The organization has \(limits.scheduledPosts) scheduled posts, which is as many as it may: wait or delete some")
    }

    /// What is wrong with a moment that somebody named.
    func complaints(aboutDueAt dueAt: Date?) -> [String] {
        guard let dueAt else { return ["dueAt is required with the mode customScheduled"] }
        if dueAt < now - Self.clockSkew { return ["dueAt must be in the future"] }
        let today = CalendarDay(now, in: .gmt)
        return CalendarDay(dueAt, in: .gmt).year > today.year + Self.planningYears
            ? ["dueAt may be at most \(Self.planningYears) years ahead"] : []
    }

    /// What is wrong with content, by the rules that its status brings.
    func complaints(about content: PostContent, isDraft: Bool) -> [String] {
        let shape = ContentShape.complaints(about: content, on: channel) + ContentShape.complaints(about: content)
        guard !isDraft else { return shape }
        // Metadata for another service says nothing about this one: its absence would be a second complaint about one fault.
        guard content.metadata == nil || content.metadata?.service == channel.service else { return shape }
        return channel.service.rule.complaints(about: content, on: channel) + shape
    }
}

extension Post {
    /// What its service has rules about.
    var content: PostContent { PostContent(text: text, assets: assets, metadata: metadata) }
}
