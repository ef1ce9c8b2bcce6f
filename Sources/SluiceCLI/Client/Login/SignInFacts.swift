import Foundation
import SluiceAuthority
import SluiceClient
import SluiceOAuth

/// What `login` and `whoami` say of a sign-in. Holds no token.
struct SignInFacts {
    /// The profile.
    let name: ProfileName
    /// Where its deployment answers.
    let endpoints: Endpoints
    /// What was granted.
    let scopes: Scopes
    /// When the present access token ends.
    let expiresAt: Date
    /// Whether it is renewed then without the person.
    var renews = false
    /// Who it is, as far as that may be asked.
    var account: RemoteAccount?

    /// For people.
    var sheet: FactSheet {
        FactSheet([
            ("Profile", name.text), ("Server", endpoints.authorizationServer.issuer), ("API", endpoints.apiURL),
            ("Account", account.map { "\($0.text), \($0.id)" }), ("Scopes", scopes.text),
            ("Access token until", Timestamp.text(expiresAt)),
            ("Then", renews ? "renewed when it is needed" : "sign in again: offline_access was not granted"),
        ])
    }

    /// For machines.
    var json: JSON {
        .object([
            ("profile", .string(name.text)), ("issuer", .string(endpoints.authorizationServer.issuer)),
            ("api_url", .string(endpoints.apiURL)), ("account", account?.json ?? .null),
            ("scopes", .strings(scopes.map(\.name))), ("expires_at", .string(Timestamp.text(expiresAt))),
            ("renews", .bool(renews)),
        ])
    }
}
