import Foundation

extension PostStep {
    /// Makes a post of a draft.
    func create(_ draft: PostDraft, id: PostID) throws -> Post {
        try requireOpen()
        let dueAt = draft.dueAt?.inMilliseconds
        let content = PostContent(text: draft.text, assets: draft.assets, metadata: draft.metadata)
        var complaints = complaints(about: content, isDraft: draft.isDraft)
        if draft.mode == .customScheduled, !draft.isDraft { complaints += self.complaints(aboutDueAt: dueAt) }
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }

        var post = Post(
            id: id, channelID: channel.id, organization: channel.organization, service: channel.service, author: draft.author,
            text: draft.text, assets: draft.assets, metadata: draft.metadata, status: .draft, dueAt: nil,
            shareMode: draft.mode, schedulingType: draft.schedulingType, via: draft.via, createdAt: now)
        post.tagIDs = try require(tags: draft.tagIDs)
        try require(idea: draft.ideaID)
        post.ideaID = draft.ideaID
        post.isAIAssisted = draft.isAIAssisted
        if draft.isDraft {
            hold(&post, as: .draft, mode: draft.mode, plannedAt: dueAt)
        } else {
            try requireRoom()
            if draft.needsApproval {
                hold(&post, as: .needsApproval, mode: draft.mode, plannedAt: dueAt)
            } else {
                try place(&post, by: draft.mode, at: dueAt)
            }
        }
        try ledger.insert(post)
        return post
    }

    /// Deletes a post; the times of the others stay. One that is being sent cannot be called back.
    func delete(_ id: PostID) throws {
        let post = try require(id)
        guard post.status != .sending else { throw PostingError.conflict("The post is on its way out and cannot be deleted") }
        try ledger.delete(id)
    }
}
