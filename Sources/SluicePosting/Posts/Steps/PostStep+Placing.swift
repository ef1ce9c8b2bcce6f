import Foundation

extension PostStep {
    /// Schedules a post by its mode.
    /// - Parameter moment: The one that was named, which the mode `customScheduled` uses.
    func place(_ post: inout Post, by mode: ShareMode, at moment: Date?) throws {
        var added: Date?
        switch mode {
        case .addToQueue:
            added = try freeMoments(1).first
            post.dueAt = added
        case .shareNext:
            let front = try takeFront(post.id)
            added = front.added
            post.dueAt = front.dueAt
        case .shareNow:
            added = now
            post.dueAt = now
        case .customScheduled:
            let complaints = complaints(aboutDueAt: moment)
            guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
            added = moment
            post.dueAt = moment
        }
        post.status = .scheduled
        post.shareMode = mode
        post.plannedAt = nil
        post.error = nil
        post.notificationStatus = nil
        if let added { try requireDailyRoom(at: added, for: post.id) }
    }

    /// Takes a post out of the queue until somebody schedules or approves it.
    func hold(_ post: inout Post, as status: PostStatus, mode: ShareMode, plannedAt: Date?) {
        post.status = status
        post.shareMode = mode
        post.plannedAt = mode == .customScheduled ? plannedAt : nil
        // Whoever approves wants to know what for; a draft has no time by its contract.
        post.dueAt = status == .needsApproval ? post.plannedAt : nil
        post.error = nil
        post.notificationStatus = nil
    }

    /// Refuses one more post on a day on which the network takes no more from this channel.
    private func requireDailyRoom(at moment: Date, for id: PostID) throws {
        guard limits.keepsDailyLimits, let limit = channel.service.dailyLimit else { return }
        let day = CalendarDay(moment, in: channel.zone)
        let (start, end) = day.bounds(in: channel.zone)
        let tally = try ledger.tally(from: start, to: end, excluding: id)
        guard tally.scheduled + tally.sent >= limit else { return }
        throw PostingError.limitReached(
            "\(channel.service.name) takes at most \(limit) posts a day, and \(day.text) has as many: choose another day")
    }
}

extension CalendarDay {
    /// `2026-11-24`.
    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}
