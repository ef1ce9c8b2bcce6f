import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `createPost`, `editPost`, `movePostInQueue` and `deletePost`.
struct PostMutations: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Mutation", "createPost") { request in
            try await Payload.postAction.answer {
                let input = InputObject(of: request)
                let channel = try await access.channel(input.text("channelId"), for: request.context)
                let draft = channel.viewer.allowed(try PostDraft(input, to: channel.id))
                return .success(channel.beside(try await posting.posts.create(draft)))
            }
        }
        resolvers.resolveAsync("Mutation", "editPost") { request in
            try await Payload.postAction.answer {
                let input = InputObject(of: request)
                let post = try await access.post(input.text("id"), for: request.context)
                let edit = try await post.viewer.allowed(
                    PostEdit(input), on: post.thing, needsApproval: access.needsApproval(post))
                let states = post.viewer.editor.states(for: post.thing)
                return .success(post.beside(try await posting.posts.edit(post.id, edit, onlyIn: states)))
            }
        }
        // The unions of these two have no error of their own, so every refusal stands in `errors`.
        resolvers.resolveAsync("Mutation", "movePostInQueue") { request in
            let input = InputObject(of: request)
            let post = try await access.post(input.text("id"), for: request.context)
            guard !post.viewer.role.postsNeedApproval else { throw Forbidden.role }
            let position: QueuePosition = input.value("position") ?? .bottom
            return FieldValue.success(post.beside(try await posting.posts.move(post.id, to: position)))
        }
        // The second time the post is not found, which clients take for done.
        resolvers.resolveAsync("Mutation", "deletePost") { request in
            let post = try await access.post(InputObject(of: request).text("id"), for: request.context)
            guard post.viewer.editor.mayDecide(post.thing) else { throw Forbidden.role }
            try await posting.posts.delete(post.id, onlyIn: post.viewer.editor.states(for: post.thing))
            return FieldValue.object(post.id, as: "DeletePostSuccess")
        }
        resolvers.object(PostActionSuccess.self, "PostActionSuccess") { success in
            success.field("post") { FieldValue.object($0.post) }
        }
        resolvers.object(PostID.self, "DeletePostSuccess") { $0.field("id") { $0.text } }
    }
}

private struct PostActionSuccess: Sendable {
    let post: Visible<Post>
}

extension FieldValue {
    fileprivate static func success(_ post: Visible<Post>) -> FieldValue {
        .object(PostActionSuccess(post: post), as: "PostActionSuccess")
    }
}
