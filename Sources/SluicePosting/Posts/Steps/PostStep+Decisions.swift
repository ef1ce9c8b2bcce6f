import Foundation

/// What people decide about posts that wait for them.
extension PostStep {
    /// Schedules a post that waited for approval, by the mode its writer chose.
    func approve(_ id: PostID) throws -> Post {
        var post = try requireWaiting(id)
        try requireOpen()
        let complaints = complaints(about: post.content, isDraft: false)
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        try place(&post, by: post.shareMode, at: post.plannedAt ?? post.dueAt)
        return try keep(post)
    }

    /// Gives a post that waited for approval back to its writer, as a draft.
    func reject(_ id: PostID) throws -> Post {
        var post = try requireWaiting(id)
        hold(&post, as: .draft, mode: post.shareMode, plannedAt: post.plannedAt ?? post.dueAt)
        return try keep(post)
    }

    /// Sends a post that failed once more, now.
    func retry(_ id: PostID) throws -> Post {
        var post = try require(id)
        guard post.status == .error else { throw PostingError.conflict("Only a post that failed can be tried again") }
        try requireOpen()
        try requireRoom()
        // Not by its old mode: in the queue it would wait for a time of its own.
        try place(&post, by: .shareNow, at: nil)
        return try keep(post)
    }

    /// Notes that a person published the post that they were reminded of.
    func markPublished(_ id: PostID) throws -> Post {
        var post = try require(id)
        guard post.status == .sent, post.notificationStatus == .notified else {
            throw PostingError.conflict("Only a post that somebody was reminded of can be marked as published")
        }
        post.notificationStatus = .markedAsPublished
        post.sentAt = now
        return try keep(post)
    }

    private func requireWaiting(_ id: PostID) throws -> Post {
        let post = try require(id)
        guard post.status == .needsApproval else { throw PostingError.conflict("The post does not wait for approval") }
        return post
    }

    private func keep(_ post: Post) throws -> Post {
        var post = post
        post.updatedAt = now
        try ledger.update(post)
        return post
    }
}
