import Foundation

/// The queue: posts of the modes `addToQueue` and `shareNext`, each at a time of the channel's schedule that it has to itself.
extension PostStep {
    /// What waits and may be given another time. On a channel that sends, a post whose time has come is about to go out.
    private func movable() throws -> [QueueEntry] {
        let queue = try ledger.queue()
        return channel.isHeld ? queue : queue.filter { $0.dueAt > now }
    }

    /// The next times of the schedule that nothing is scheduled at, on days that take more posts; fewer where it has no more.
    private func nextMoments(_ count: Int, freeing freed: [Date]) throws -> [Date] {
        guard count > 0, !channel.schedule.isEmpty else { return [] }
        var taken = try ledger.takenMoments(from: now)
        // Counted: a post that was given the same moment by name keeps it.
        for moment in freed { taken[moment, default: 0] -= 1 }
        var room = DailyRoom(self, freeing: freed)
        var free: [Date] = []
        for moment in channel.schedule.moments(after: now, in: channel.zone)
        where try taken[moment, default: 0] < 1 && room.take(moment) {
            free.append(moment)
            if free.count == count { break }
        }
        return free
    }

    /// The next times of the schedule that nothing is scheduled at, on days that take more posts.
    /// - Parameter freed: The present moments of posts that get others in the same step.
    func freeMoments(_ count: Int, freeing freed: [Date]) throws -> [Date] {
        let free = try nextMoments(count, freeing: freed)
        guard free.count < count else { return free }
        throw tooFewTimes
    }

    private var tooFewTimes: PostingError {
        channel.schedule.isEmpty
            ? .invalid(["The channel's posting schedule has no times: add some, or use the mode customScheduled"])
            : .limitReached(
                "The queue is full: the posting schedule has too few times in the next \(PostingSchedule.horizonInDays) days")
    }

    /// The time at the front of the queue, for a post that may be in it already; those behind move back by one.
    func takeFront(_ post: Post) throws -> Date {
        let others = try movable().filter { $0.id != post.id }
        let had = Set(try ledger.queue().map(\.dueAt).filter { $0 > now })
        let freed = (others.map(\.dueAt) + post.takenMoments).filter { !had.contains($0) }
        // One free time at least, even for a post that has one: a gap before the queue is its front.
        let free = try nextMoments(max(others.count + 1 - had.count, 1), freeing: freed)
        let times = (had + free).sorted().prefix(others.count + 1)
        guard let first = times.first, times.count > others.count else { throw tooFewTimes }
        try assign(times.dropFirst(), to: others)
        return first
    }

    /// Puts a queued post first or last. The queue keeps its times; content is not looked at.
    func move(_ id: PostID, to position: QueuePosition) throws -> Post {
        var post = try require(id)
        try requireOpen()
        guard post.isQueued else {
            throw PostingError.conflict("Only a post that waits in the queue can be moved in it")
        }
        var order = try movable()
        guard let index = order.firstIndex(where: { $0.id == id }) else {
            throw PostingError.conflict("The time of the post has come: it is about to go out")
        }
        let entry = order.remove(at: index)
        order.insert(entry, at: position == .top ? order.startIndex : order.endIndex)
        let missed = order.map(\.dueAt).filter { $0 <= now }
        var times = order.map(\.dueAt).filter { $0 > now }
        times = (times + (try freeMoments(missed.count, freeing: missed))).sorted()
        try assign(times[...], to: order)
        guard let place = order.firstIndex(where: { $0.id == id }) else { return post }
        post.dueAt = times[place]
        post.updatedAt = now
        try ledger.update(post)
        return post
    }

    /// Gives every queued post a time of the schedule as it is now, in the order they have.
    ///
    /// A schedule without times leaves the posts where they are.
    /// - Parameter missed: Whether posts missed their time while the channel was held, and get another too.
    /// - Throws: `limitReached` if the schedule has too few times; nothing has changed then.
    func slotAgain(missed: Bool) throws {
        guard !channel.schedule.isEmpty else { return }
        let queue = try missed ? ledger.queue() : movable()
        try assign(freeMoments(queue.count, freeing: queue.map(\.dueAt))[...], to: queue)
    }

    /// Whether posts of the queue missed their time.
    func hasOverdue() throws -> Bool { try ledger.queue().first.map { $0.dueAt <= now } ?? false }

    private func assign(_ times: ArraySlice<Date>, to entries: [QueueEntry]) throws {
        for (entry, time) in zip(entries, times) where entry.dueAt != time { try ledger.move(entry.id, to: time) }
    }
}
