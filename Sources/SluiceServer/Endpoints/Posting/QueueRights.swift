import SluiceAuthority
import SluicePosting

/// What a member may do with a post, and what its state allows.
struct QueueRights: Sendable {
    private let role: Membership.Role
    private let isOwn: Bool
    private let post: Post

    init(_ member: MemberVisit, _ post: Post) {
        role = member.role
        isOwn = post.author?.text == member.visitor.account.id.text
        self.post = post
    }

    /// Whether the member's role allows it. Whether the post's state does is the step's own to say.
    func allow(_ step: QueueEndpoints.Step) -> Bool {
        switch step {
        case .approve, .reject: role.canApprove
        case .top, .bottom, .retry, .publish: !role.postsNeedApproval
        // Who needs approval may take back what was not approved yet.
        case .delete: !role.postsNeedApproval || (isOwn && (post.status == .needsApproval || post.status == .draft))
        }
    }

    /// Whether a button for it makes sense.
    func offer(_ step: QueueEndpoints.Step) -> Bool {
        guard allow(step) else { return false }
        switch step {
        case .top, .bottom: return post.isQueued
        case .approve, .reject: return post.status == .needsApproval
        case .retry: return post.status == .error
        case .publish: return post.notificationStatus == .notified
        case .delete: return post.status != .sending
        }
    }
}
