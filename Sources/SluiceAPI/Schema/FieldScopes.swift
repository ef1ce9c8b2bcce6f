import SluiceAuthority
import SluiceGraphQL
import SluiceOAuth

/// Which scope a field needs. Whoever lacks it gets `FORBIDDEN`, which names it, in the field's place (S86–S92). A bearer without
/// scopes, as Buffer's first API keys were, may do everything its account can.
///
/// Every field of `Query` and `Mutation` stands here; a test walks the schema and fails for one that does not. A root field's scope
/// opens everything below it, apart from the fields that stand here themselves:
///
/// - A mutation's payload is the answer about what the caller wrote, so its scope is enough to read it although `write` does not
///   imply `read` (D15): clients that may only write still select `post { id }`.
/// - A post's channel and tags are part of the post.
/// - Notes belong to their post and need what it needs: this server has no scopes of their own for them.
/// - What a network counted is another matter than the post: it needs `insights:read` wherever the post came from.
enum FieldScopes {
    /// The scope that guards a field itself; `nil` if what leads to it is enough.
    static func scope(of field: String, on type: String) -> Scope? { table["\(type).\(field)"] }

    /// Puts the table before the resolvers.
    /// - Parameter bearer: Finds whose scopes count.
    static func guardFields<Context>(
        in resolvers: inout ResolverRegistry<Context>, for bearer: @escaping @Sendable (Context) -> Bearer
    ) {
        resolvers.checkFields { type, field in
            guard let scope = scope(of: field, on: type) else { return nil }
            let error = GraphQLError(missing: scope)
            return { bearer($0).permits(scope) ? nil : error }
        }
    }

    /// By coordinate.
    static let table: [String: Scope] = [
        "Query.account": "account:read",
        // Channels are part of what an account has, like its organizations: clients ask for `account:read` to list them, and one
        // that may only read posts should not learn which other channels there are.
        "Query.channel": "account:read",
        "Query.channels": "account:read",
        // What it tells of a channel is how much posting it has left.
        "Query.dailyPostingLimits": "posts:read",
        "Query.post": "posts:read",
        "Query.posts": "posts:read",
        // Templates are what posts begin with.
        "Query.postTemplate": "posts:read",
        "Query.postTemplates": "posts:read",
        "Query.ideas": "ideas:read",
        "Query.ideaGroups": "ideas:read",
        "Query.aggregatedPostMetrics": "insights:read",
        "Post.metrics": "insights:read",
        "Post.metricsUpdatedAt": "insights:read",
        "Mutation.createPost": "posts:write",
        "Mutation.editPost": "posts:write",
        "Mutation.deletePost": "posts:write",
        "Mutation.movePostInQueue": "posts:write",
        "Mutation.createPostTemplate": "posts:write",
        "Mutation.updatePostTemplate": "posts:write",
        "Mutation.deletePostTemplate": "posts:write",
        "Mutation.createIdea": "ideas:write",
    ].compactMapValues { Scope($0) }
}
