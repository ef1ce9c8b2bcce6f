import SluiceAuthority
import SluicePosting

/// What a member may do with a post, and what its state allows.
struct QueueRights: Sendable {
    private let role: Membership.Role
    private let editor: PostEditor?
    private let post: Post

    init(_ member: MemberVisit, _ post: Post) {
        role = member.role
        editor = AccountReference(member.visitor.account.id.text).map {
            PostEditor(account: $0, mayApprove: member.role.canApprove, needsApproval: member.role.postsNeedApproval)
        }
        self.post = post
    }

    /// The states in which the post may be when a step is taken that was allowed for it as it stands; `nil` for any.
    var states: Set<PostStatus>? { editor.map { $0.states(for: post) } ?? [] }

    /// Whether the member's role allows it. Whether the post's state does is the step's own to say.
    func allow(_ step: QueueEndpoints.Step) -> Bool {
        switch step {
        case .approve, .reject: role.canApprove
        case .top, .bottom, .retry, .publish: !role.postsNeedApproval
        case .delete: editor?.mayDecide(post) ?? false
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
