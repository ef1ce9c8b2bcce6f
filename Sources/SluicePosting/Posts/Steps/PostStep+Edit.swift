import Foundation

extension PostStep {
    /// Changes a post. What the edit leaves out stays, its time too; another mode or moment places it anew.
    func edit(_ id: PostID, _ edit: PostEdit) throws -> Post {
        let old = try require(id)
        try requireEditable(old, edit)
        var post = old
        try apply(edit, to: &post)
        if old.status != .sent {
            let target = try target(of: edit, from: old)
            // An edit that only sorts the post is not the moment to find fault with what it says.
            if post.content != old.content || target != old.status {
                let complaints = complaints(about: post.content, isDraft: target == .draft)
                guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
            }
            try schedule(&post, from: old, as: target, edit)
        }
        post.updatedAt = now
        try ledger.update(post)
        return post
    }

    private func requireEditable(_ post: Post, _ edit: PostEdit) throws {
        guard !edit.changesTagsOnly else {
            guard post.status != .sending else { throw PostingError.conflict("The post is on its way out and cannot be changed") }
            return
        }
        switch post.status {
        case .sending: throw PostingError.conflict("The post is on its way out and cannot be changed")
        case .sent: throw PostingError.conflict("The post is out: only its tags can still be changed")
        case .draft, .needsApproval, .scheduled, .error: break
        }
        if channel.isLocked { try requireOpen() }
    }

    private func apply(_ edit: PostEdit, to post: inout Post) throws {
        post.text = edit.text ?? post.text
        post.assets = edit.assets ?? post.assets
        post.metadata = edit.metadata ?? post.metadata
        post.schedulingType = edit.schedulingType ?? post.schedulingType
        post.isAIAssisted = edit.isAIAssisted ?? post.isAIAssisted
        if let tags = edit.tagIDs { post.tagIDs = try require(tags: tags) }
        if let idea = edit.ideaID {
            try require(idea: idea)
            post.ideaID = idea
        }
    }

    /// The status that an edit leads to.
    private func target(of edit: PostEdit, from old: Post) throws -> PostStatus {
        switch edit.approvalChange {
        case .request:
            guard edit.isDraft != true else { throw PostingError.invalid(["A draft does not ask for approval"]) }
            return .needsApproval
        case .revert:
            guard old.status == .needsApproval else { throw PostingError.conflict("The post does not wait for approval") }
            return .draft
        case nil: break
        }
        switch old.status {
        case .needsApproval: return edit.isDraft == true ? .draft : .needsApproval
        case .draft: return edit.isDraft == false ? .scheduled : .draft
        case .error where edit.isDraft == nil && edit.mode == nil && edit.dueAt == nil: return .error
        case .scheduled, .error, .sending, .sent: return edit.isDraft == true ? .draft : .scheduled
        }
    }

    private func schedule(_ post: inout Post, from old: Post, as target: PostStatus, _ edit: PostEdit) throws {
        let present = old.plannedAt ?? (old.shareMode == .customScheduled ? old.dueAt : nil)
        let named = edit.dueAt?.inMilliseconds
        // Clients that name a moment and no mode mean that moment; a moment that only comes back unchanged means nothing.
        let mode = edit.mode ?? (named != nil && named != old.dueAt ? .customScheduled : old.shareMode)
        let planned = named ?? present
        switch target {
        case .draft: hold(&post, as: .draft, mode: mode, plannedAt: planned)
        case .needsApproval:
            if mode == .customScheduled, old.status != target || planned != present {
                let complaints = complaints(aboutDueAt: planned)
                guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
            }
            if !old.isCounted {
                try requireOpen()
                try requireRoom()
            }
            hold(&post, as: .needsApproval, mode: mode, plannedAt: planned)
        case .scheduled:
            let isAsked = edit.mode == .shareNext || edit.mode == .shareNow
            guard old.status != target || mode != old.shareMode || isAsked || (mode == .customScheduled && planned != present)
            else { return }
            try requireOpen()
            if !old.isCounted { try requireRoom() }
            try place(&post, by: mode, at: planned)
        case .error, .sending, .sent: break
        }
    }
}

extension Post {
    /// Whether it counts among those that an organization may have waiting.
    fileprivate var isCounted: Bool { status == .scheduled || status == .needsApproval }
}

extension PostEdit {
    /// Whether nothing but the tags is to change, which even a post that is out allows.
    fileprivate var changesTagsOnly: Bool {
        var rest = self
        rest.tagIDs = nil
        return rest == PostEdit()
    }
}
