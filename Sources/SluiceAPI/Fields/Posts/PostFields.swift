import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `post`, `posts` and the type they give.
struct PostFields: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Query", "post") { request in
            FieldValue.object(try await access.post(InputObject(of: request).text("id"), for: request.context))
        }
        resolvers.resolveAsync("Query", "posts") { request in
            let input = InputObject(of: request)
            let page = try PageRequest(request.arguments)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            let query = try PostQuery(input, of: organization.thing)
            return FieldValue.object(Connection(try await posting.posts.list(query, page), of: organization))
        }
        Connection.register("PostsResults", edge: "PostsEdge", in: &resolvers)
        resolvers.object(Visible<Post>.self, "Post") { post in
            post.field("id") { $0.id.text }
            post.batchField("allowedActions") { posts, _ in
                var actions: [[String]] = []
                for post in posts {
                    let needsApproval = try await access.needsApproval(post)
                    actions.append(post.viewer.actions(on: post.thing, needsApproval: needsApproval).map(\.rawValue))
                }
                return actions
            }
            post.field("assets") { AssetFields.values(of: $0.assets) }
            post.field("channelId") { $0.channelID.text }
            post.field("channelService") { $0.service.rawValue }
            post.field("contentItemId") { _ in String?.none }
            post.field("dueAt") { $0.dueAt.map(Timestamp.text) }
            post.field("error") { $0.error.map { FieldValue.object($0) } }
            post.field("externalLink") { $0.externalLink }
            post.field("ideaId") { $0.ideaID?.text }
            post.field("isCustomScheduled") { $0.shareMode == .customScheduled }
            post.field("metadata") { PostMetadataFields.value(of: $0) }
            post.field("metrics") { post in
                post.metricsUpdatedAt == nil ? nil : post.metrics.map { FieldValue.object($0) }
            }
            post.field("metricsUpdatedAt") { $0.metricsUpdatedAt.map(Timestamp.text) }
            post.field("notificationStatus") { $0.notificationStatus?.rawValue }
            // Buffer leaves it out once there is nothing to schedule any more.
            post.field("schedulingType") { $0.status == .sent ? nil : $0.schedulingType.rawValue }
            post.field("sentAt") { $0.sentAt.map(Timestamp.text) }
            post.field("sharedNow") { $0.shareMode == .shareNow }
            post.field("shareMode") { $0.shareMode.rawValue }
            post.field("status") { $0.status.rawValue }
            post.field("text") { $0.text }
            post.field("via") { $0.via.rawValue }
            post.field("createdAt") { Timestamp.text($0.createdAt) }
            post.field("updatedAt") { Timestamp.text($0.updatedAt) }
        }
        resolvers.object(PublishingError.self, "PostPublishingError") { error in
            error.field("message") { $0.message }
            error.field("rawError") { $0.rawError }
            error.field("supportUrl") { $0.supportURL }
        }
    }
}
