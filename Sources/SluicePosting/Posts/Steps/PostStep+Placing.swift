import Foundation

extension PostStep {
    /// Schedules a post by its mode.
    /// - Parameter moment: The one that was named, which the mode `customScheduled` uses.
    func place(_ post: inout Post, by mode: ShareMode, at moment: Date?) throws {
        switch mode {
        case .addToQueue: post.dueAt = try freeMoments(1, freeing: post.takenMoments).first
        case .shareNext: post.dueAt = try takeFront(post)
        case .shareNow:
            try requireDailyRoom(at: now, for: post)
            post.dueAt = now
        case .customScheduled:
            let complaints = complaints(aboutDueAt: moment)
            guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
            if let moment { try requireDailyRoom(at: moment, for: post) }
            post.dueAt = moment
        }
        post.status = .scheduled
        post.shareMode = mode
        post.plannedAt = nil
        post.error = nil
        post.notificationStatus = nil
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
    private func requireDailyRoom(at moment: Date, for post: Post) throws {
        var room = DailyRoom(self, freeing: post.takenMoments)
        guard try !room.take(moment), let limit = channel.service.dailyLimit else { return }
        let day = CalendarDay(moment, in: channel.zone)
        throw PostingError.limitReached(
            "\(channel.service.name) takes at most \(limit) posts a day, and \(day.text) has as many: choose another day")
    }
}

extension Post {
    /// The moment that it frees when it gets another; none unless it is scheduled.
    var takenMoments: [Date] { status == .scheduled ? dueAt.map { [$0] } ?? [] : [] }
}

extension CalendarDay {
    /// `2026-11-24`.
    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}
