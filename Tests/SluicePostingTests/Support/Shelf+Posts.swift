import Foundation

@testable import SluicePosting

extension Shelf {
    func post(_ id: PostID) -> Post? { contents.posts[id] }

    func posts(_ query: PostQuery, _ page: PageRequest) -> Page<Post> {
        let found = contents.posts.values.filter {
            $0.organization == query.organization && (query.channelIDs?.contains($0.channelID) ?? true)
                && (query.statuses?.contains($0.status) ?? true)
        }
        return Self.page(found.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }, page)
    }

    func change<Outcome: Sendable>(
        _ channel: ChannelID, _ step: @escaping @Sendable (any PostLedger) throws -> Outcome
    ) throws -> Outcome {
        guard let present = contents.channels[channel] else { throw PostingError.notFound("Channel") }
        let ledger = ShelfLedger(contents: contents, channel: present)
        let outcome = try step(ledger)
        contents = ledger.contents
        return outcome
    }

    func tallies(of channels: [ChannelID], from start: Date, to end: Date) -> [ChannelID: PostTally] {
        var tallies: [ChannelID: PostTally] = [:]
        for post in contents.posts.values where channels.contains(post.channelID) {
            tallies[post.channelID, default: PostTally()].add(post, from: start, to: end)
        }
        return tallies
    }

    func claimDue(at now: Date, leaseEnds: Date, limit: Int) throws -> [Claim] {
        if let fault { throw fault }
        let due = contents.posts.values.filter { post in
            guard let channel = contents.channels[post.channelID] else { return false }
            if post.status == .sending { return contents.claims[post.id].map { $0.leaseEnds <= now } ?? true }
            return post.status == .scheduled && channel.lets(out: post.shareMode) && post.dueAt.map { $0 <= now } ?? false
                && contents.notBefore[post.id].map { $0 <= now } ?? true
        }
        return due.sorted { ($0.dueAt ?? now, $0.id) < ($1.dueAt ?? now, $1.id) }.prefix(limit).compactMap { post in
            guard let channel = contents.channels[post.channelID] else { return nil }
            var post = post
            post.status = .sending
            let attempt = (contents.claims[post.id]?.attempt ?? 0) + 1
            contents.posts[post.id] = post
            contents.claims[post.id] = (attempt, leaseEnds, post)
            return Claim(post: post, channel: channel, attempt: attempt)
        }
    }

    func finish(_ claim: Claim, _ result: PublishingResult, at now: Date) throws -> Bool {
        if let fault { throw fault }
        guard var post = contents.posts[claim.post.id], post.status == .sending,
            contents.claims[post.id]?.attempt == claim.attempt, contents.claims[post.id]?.of == claim.post
        else { return false }
        switch result {
        case .sent(let link, let metrics):
            post.status = .sent
            post.sentAt = now
            post.externalLink = link
            post.metrics = metrics
            post.metricsUpdatedAt = now
        case .refused(let error):
            post.status = .error
            post.error = error
        case .retry(let moment):
            post.status = .scheduled
            contents.notBefore[post.id] = moment
        case .notified:
            post.status = .sent
            post.sentAt = now
            post.notificationStatus = .notified
        }
        contents.posts[post.id] = post
        return true
    }

    func nextDue() -> Date? {
        contents.posts.values.compactMap { post in
            switch post.status {
            case .scheduled: max(post.dueAt ?? .distantFuture, contents.notBefore[post.id] ?? .distantPast)
            case .sending: contents.claims[post.id]?.leaseEnds
            case .draft, .needsApproval, .sent, .error: nil
            }
        }.min()
    }

    func note(_ metrics: [PostMetric], of post: PostID, at now: Date) -> Bool {
        guard contents.posts[post]?.status == .sent else { return false }
        contents.posts[post]?.metrics = metrics
        contents.posts[post]?.metricsUpdatedAt = now
        return true
    }

    func metricTotals(
        of organization: OrganizationReference, channels: [ChannelID]?, tags: TagFilter?, from start: Date, to end: Date
    ) -> MetricTotals {
        var totals = MetricTotals()
        for post in contents.posts.values
        where post.organization == organization && post.status == .sent && (channels?.contains(post.channelID) ?? true)
            && post.sentAt.map({ $0 >= start && $0 < end }) ?? false
        {
            totals.postCount += 1
            for metric in post.metrics { totals.values[metric.kind, default: 0] += metric.value }
        }
        return totals
    }
}

extension PostTally {
    mutating func add(_ post: Post, from start: Date, to end: Date) {
        switch post.status {
        case .scheduled, .sending: if let due = post.dueAt, due >= start, due < end { scheduled += 1 }
        case .sent: if let sent = post.sentAt, sent >= start, sent < end { self.sent += 1 }
        case .draft, .needsApproval, .error: break
        }
    }
}

/// The posts of one channel on the shelf, in a copy that the shelf takes over if its step comes to an end.
final class ShelfLedger: PostLedger {
    private(set) var contents: Shelf.Contents
    private(set) var channel: Channel

    init(contents: Shelf.Contents, channel: Channel) {
        self.contents = contents
        self.channel = channel
    }

    private var own: [Post] { contents.posts.values.filter { $0.channelID == channel.id } }

    func post(_ id: PostID) -> Post? { contents.posts[id].flatMap { $0.channelID == channel.id ? $0 : nil } }

    func queue() -> [QueueEntry] {
        own.filter(\.isQueued).compactMap { post in post.dueAt.map { QueueEntry(id: post.id, dueAt: $0) } }
            .sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }

    func takenMoments(from start: Date) -> [Date: Int] {
        own.filter { $0.status == .scheduled }.compactMap(\.dueAt).filter { $0 >= start }.reduce(into: [:]) {
            $0[$1, default: 0] += 1
        }
    }

    func tally(from start: Date, to end: Date) -> PostTally {
        var tally = PostTally()
        for post in own { tally.add(post, from: start, to: end) }
        return tally
    }

    func scheduledCount() -> Int {
        contents.posts.values.count {
            $0.organization == channel.organization && ($0.status == .scheduled || $0.status == .needsApproval)
        }
    }

    func knownTags(_ ids: [TagID]) -> Set<TagID> {
        Set(ids.filter { contents.tags[$0]?.organization == channel.organization })
    }

    func knowsIdea(_ id: IdeaID) -> Bool { contents.ideas[id]?.organization == channel.organization }

    func insert(_ post: Post) { contents.posts[post.id] = post }

    func update(_ post: Post) {
        contents.posts[post.id] = post
        contents.notBefore[post.id] = nil
        contents.claims[post.id] = nil
    }

    func move(_ id: PostID, to dueAt: Date) { contents.posts[id]?.dueAt = dueAt }

    func delete(_ id: PostID) {
        contents.posts[id] = nil
        contents.notes = contents.notes.filter { $0.value.postID != id }
    }

    func update(_ channel: Channel) {
        self.channel = channel
        contents.channels[channel.id] = channel
    }
}
