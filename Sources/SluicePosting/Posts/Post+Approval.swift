/// Who changes posts, as far as approval goes: the one place that says what it protects.
public struct PostEditor: Sendable, Equatable {
    /// Who.
    public let account: AccountReference
    /// Whether they decide about posts that wait for approval.
    public let mayApprove: Bool
    /// Whether what they write waits until somebody approves it.
    public let needsApproval: Bool

    /// An editor by what their role says.
    public init(account: AccountReference, mayApprove: Bool, needsApproval: Bool) {
        self.account = account
        self.mayApprove = mayApprove
        self.needsApproval = needsApproval
    }

    /// Whether they may change what the post says. The words of whoever needs approval are their own until they got it; what
    /// others wrote or approved is not.
    public func mayChange(_ post: Post) -> Bool {
        !needsApproval || post.author == account && (post.status == .draft || post.status == .needsApproval)
    }

    /// Whether they may also take the post out of the state it is in, or delete it. Of another's that waits for approval that would be
    /// a decision, which is for those who approve.
    public func mayDecide(_ post: Post) -> Bool {
        mayChange(post) && (mayApprove || post.author == account || post.status != .needsApproval)
    }

    /// The states in which a step that was allowed for the post as it stands may still be taken; `nil` for any. Somebody may approve it
    /// before the step is its turn, and who may not approve does not change what goes out then.
    public func states(for post: Post) -> Set<PostStatus>? { mayApprove ? nil : [post.status] }
}

extension PostStep {
    /// Stops a step that was allowed for what the post was and is no longer.
    func require(_ id: PostID, in states: Set<PostStatus>?) throws {
        guard let states, try !states.contains(require(id).status) else { return }
        throw PostingError.conflict("The post was changed meanwhile: look at it again")
    }
}
