import SluiceAuthority
import SluiceOAuth
import SluicePosting
import SluiceServer

/// What a fixture became. Holds the secrets of the sandbox, which are made up and end with it.
struct SeededWorld: Sendable, SecretHolder {
    /// An account and what belongs to it.
    struct Person: Sendable {
        let account: Account
        let password: String
        var organizations: [Team]
        let keys: [APIKeys.Created]
        let apps: [Clients.Created]
    }

    /// An organization and its channels.
    struct Team: Sendable {
        let organization: Organization
        var channels: [Channel] = []
    }

    /// A grant and the tokens that its code was exchanged for.
    struct Approval: Sendable {
        let name: String
        let id: GrantID
        let account: Account
        let client: Client
        let tokens: TokenResponse
    }

    let people: [Person]
    let grants: [Approval]

    /// How much there is; the secrets stay hidden.
    var description: String { "SeededWorld(\(people.count) accounts, \(grants.count) grants)" }

    /// For the server, which needs no secret.
    var names: SandboxNames {
        var names = SandboxNames()
        names.accounts = people.map { SandboxNames.Person($0.account) }
        names.organizations = people.flatMap(\.organizations).compactMap { SandboxNames.Team($0.organization) }
        names.clients = people.flatMap(\.apps).map { SandboxNames.App($0.client) }
        names.grants = grants.map { SandboxNames.Approval(name: $0.name, id: $0.id) }
        return names
    }
}
