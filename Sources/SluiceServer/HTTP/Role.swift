/// What an origin is for. By default one origin has all three roles.
package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Authorization endpoint, token endpoint, keys, discovery.
    case auth
    /// GraphQL.
    case api
    /// The pages where an account looks after itself.
    case app
}
