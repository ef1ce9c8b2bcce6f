import SluiceAuthority
import SluicePosting

/// The caller's role does not allow something.
struct Forbidden: Error {
    /// For whoever asked.
    let message: String

    static let role = Forbidden(message: "Your role in this organization does not allow this")
}

extension Viewer {
    /// The caller as somebody who changes posts.
    var editor: PostEditor {
        PostEditor(account: account, mayApprove: role.canApprove, needsApproval: role.postsNeedApproval)
    }

    /// Whether the caller may change this template.
    func mayChange(_ template: PostTemplate) -> Bool { template.author == account || role.canManageSettings }

    /// Whether the caller may delete this note.
    func mayDelete(_ note: Note) -> Bool { note.author == account || role.canManageSettings }

    /// What the caller's wish comes to. What a contributor writes waits for approval, unless it is no more than a draft.
    func allowed(_ draft: PostDraft) -> PostDraft {
        var draft = draft
        draft.author = account
        if role.postsNeedApproval, !draft.isDraft { draft.needsApproval = true }
        return draft
    }

    /// What the caller's wish comes to for a post.
    /// - Parameter needsApproval: Whether the post does not go out by the caller's word alone. Then the edit always says which of the
    ///   two it becomes, a draft or one that waits.
    func allowed(_ edit: PostEdit, on post: Post, needsApproval: Bool) throws(Forbidden) -> PostEdit {
        let isTakenBack = edit.isDraft == true || edit.approvalChange == .revert
        guard isTakenBack ? editor.mayDecide(post) : editor.mayChange(post) else { throw .role }
        guard needsApproval else { return edit }
        var edit = edit
        let staysDraft = post.status == .draft && edit.isDraft != false && edit.approvalChange != .request
        if staysDraft || isTakenBack {
            edit.isDraft = true
            edit.approvalChange = nil
        } else {
            edit.isDraft = nil
            edit.approvalChange = .request
        }
        return edit
    }
}

extension Access {
    /// Whether the post, as it stands, does not go out by its viewer's word alone. A contributor's draft does not become approved by
    /// somebody sending it off who may not approve; neither does the draft of somebody who left, whatever they were.
    func needsApproval(_ post: Visible<Post>) async throws -> Bool {
        let viewer = post.viewer
        guard !viewer.role.canApprove, !viewer.role.postsNeedApproval, post.status == .draft, post.author != viewer.account
        else { return viewer.role.postsNeedApproval }
        guard let author = post.author.flatMap({ AccountID($0.text) }), let id = OrganizationID(post.organization.text),
            let membership = try await authority.organizations.membership(of: author, in: id)
        else { return true }
        return membership.role.postsNeedApproval
    }
}
