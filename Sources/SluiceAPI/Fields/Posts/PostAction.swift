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
    /// - Parameter needsApproval: Whether it does not go out by the caller's word alone: an edit with such a mode waits for approval.
    func actions(on post: Post, needsApproval: Bool) -> [PostAction] {
        let mayChange = editor.mayChange(post)
        let mayDecide = editor.mayDecide(post)
        let isOpen = [.draft, .needsApproval, .scheduled, .error].contains(post.status)
        let isHeld = post.status == .draft || post.status == .error
        return PostAction.allCases.filter { action in
            switch action {
            case .viewPost, .addPostNote, .duplicatePost: true
            case .copyPostLink, .sharePostLink: post.externalLink != nil
            case .approvePost, .rejectPost: role.canApprove && post.status == .needsApproval
            case .deletePost: mayDecide && post.status != .sending
            case .updatePostTags: mayChange && post.status != .sending
            case .updatePost, .updatePostSchedule: mayChange && isOpen
            case .addPostToQueue: mayChange && !needsApproval && isHeld
            case .publishPostNext, .publishPostNow: mayChange && !needsApproval && (isHeld || post.status == .scheduled)
            case .movePostToDraft: mayChange && (post.status == .scheduled || post.status == .error)
            case .requestPostApproval: mayChange && (post.status == .draft || post.status == .scheduled)
            case .revertPostApprovalRequest: mayDecide && post.status == .needsApproval
            }
        }
    }
}
