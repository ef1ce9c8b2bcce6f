import SluiceGraphQL
import SluiceOAuth

@testable import SluiceAPI
@testable import SluiceAuthority

/// The schema with its scalars and guards, but with no resolvers: fields are read off the JSON object that a test gives as root.
enum StubAPI {
    static func engine() throws -> GraphQLEngine<Bearer> {
        var resolvers = ResolverRegistry(context: Bearer.self)
        Scalars.register(in: &resolvers)
        FieldScopes.guardFields(in: &resolvers) { $0 }
        return try GraphQLEngine(sdl: Schema.text, resolvers: resolvers)
    }

    /// Somebody with these scopes; `nil` for an API key without any, which may do everything.
    static func bearer(_ scopes: Scopes?, of account: AccountID = AccountID(random: .system)) -> Bearer {
        Bearer(accountID: account, scopes: scopes, source: .apiKey(APIKeyID(random: .system)), expiresAt: nil)
    }
}
