import SluiceAuthority
import SluicePosting

/// What may be done with a post. Raw values are the wire's; those that nothing here does, recurrence among them, are left out.
enum PostAction: String, CaseIterable {
    case addPostNote, addPostToQueue, approvePost, copyPostLink, deletePost, duplicatePost, movePostToDraft, publishPostNext,
        publishPostNow, rejectPost, requestPostApproval, revertPostApprovalRequest, sharePostLink, updatePost, updatePostSchedule,
        updatePostTags, viewPost
}

extension Viewer {
    /// What the caller may do with a post as it stands.
    func actions(on post: Post) -> [PostAction] {
        let mayChange = mayChange(post)
        let isOpen = [.draft, .needsApproval, .scheduled, .error].contains(post.status)
        let isHeld = post.status == .draft || post.status == .error
        return PostAction.allCases.filter { action in
            switch action {
            case .viewPost, .addPostNote, .duplicatePost: true
            case .copyPostLink, .sharePostLink: post.externalLink != nil
            case .approvePost, .rejectPost: role.canApprove && post.status == .needsApproval
            case .deletePost, .updatePostTags: mayChange && post.status != .sending
            case .updatePost, .updatePostSchedule: mayChange && isOpen
            // Whoever may not approve has nothing sent off: an edit with such a mode waits for approval.
            case .addPostToQueue: mayChange && !role.postsNeedApproval && isHeld
            case .publishPostNext, .publishPostNow:
                mayChange && !role.postsNeedApproval && (isHeld || post.status == .scheduled)
            case .movePostToDraft: mayChange && (post.status == .scheduled || post.status == .error)
            case .requestPostApproval: mayChange && (post.status == .draft || post.status == .scheduled)
            case .revertPostApprovalRequest: mayChange && post.status == .needsApproval
            }
        }
    }
}
