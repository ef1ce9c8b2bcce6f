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
                try post.viewer.check(mayChange: post.thing)
                let edit = post.viewer.allowed(try PostEdit(input), on: post.status)
                return .success(post.beside(try await posting.posts.edit(post.id, edit)))
            }
        }
        resolvers.resolveAsync("Mutation", "movePostInQueue") { request in
            try await Payload.success.answer {
                let input = InputObject(of: request)
                let post = try await access.post(input.text("id"), for: request.context)
                try post.viewer.check(mayChange: post.thing)
                let position: QueuePosition = input.value("position") ?? .bottom
                return .success(post.beside(try await posting.posts.move(post.id, to: position)))
            }
        }
        // The second time the post is not found. The union has no `NotFoundError`, so that stands in `errors`, and clients take it
        // for done.
        resolvers.resolveAsync("Mutation", "deletePost") { request in
            try await Payload.success.answer {
                let post = try await access.post(InputObject(of: request).text("id"), for: request.context)
                try post.viewer.check(mayChange: post.thing)
                try await posting.posts.delete(post.id)
                return .object(post.id, as: "DeletePostSuccess")
            }
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
