import SluiceAuthority
import SluicePosting

/// The caller's role does not allow something.
struct Forbidden: Error {
    /// For whoever asked.
    let message: String

    static let role = Forbidden(message: "Your role in this organization does not allow this")
}

extension Viewer {
    /// Whether the caller may change this post as it stands. A contributor's own words are a contributor's own until somebody
    /// approved them; what others wrote or approved is not.
    func mayChange(_ post: Post) -> Bool {
        guard role.postsNeedApproval else { return true }
        return post.author == account && (post.status == .draft || post.status == .needsApproval)
    }

    /// Whether the caller may change this template.
    func mayChange(_ template: PostTemplate) -> Bool { template.author == account || role.canManageSettings }

    /// Whether the caller may delete this note.
    func mayDelete(_ note: Note) -> Bool { note.author == account || role.canManageSettings }

    /// Lets on whoever may change the post.
    func check(mayChange post: Post) throws(Forbidden) { if !mayChange(post) { throw .role } }

    /// What the caller's wish comes to. What a contributor writes waits for approval, unless it is no more than a draft.
    func allowed(_ draft: PostDraft) -> PostDraft {
        var draft = draft
        draft.author = account
        if role.postsNeedApproval, !draft.isDraft { draft.needsApproval = true }
        return draft
    }

    /// What the caller's wish comes to for a post that was `status` when it was looked at. A contributor's edit always says which
    /// of the two the post becomes, a draft or one that waits: somebody may have approved it meanwhile, and its words must not
    /// change behind their back.
    func allowed(_ edit: PostEdit, on status: PostStatus) -> PostEdit {
        guard role.postsNeedApproval else { return edit }
        var edit = edit
        let staysDraft = status == .draft && edit.isDraft != false && edit.approvalChange != .request
        if staysDraft || edit.isDraft == true || edit.approvalChange == .revert {
            edit.isDraft = true
            edit.approvalChange = nil
        } else {
            edit.isDraft = nil
            edit.approvalChange = .request
        }
        return edit
    }
}
