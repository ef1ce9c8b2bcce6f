package import SluiceAuthority
import SluiceOAuth
package import SluicePosting

/// What makes a server a sandbox: a clock that tests move, faults that it was told to answer with, and a record of what was called.
///
/// A server that is handed none has no `/sandbox/` address, and nothing of this is in the way of a request.
package final class Sandbox: Sendable {
    /// What everything takes for now; also the authority's clock.
    package let clock: SandboxClock
    /// What the fixture made.
    package let names: SandboxNames
    /// What the next answers are.
    let faults = FaultPlan()
    /// What was called.
    let calls = CallLog()

    package init(clock: SandboxClock, names: SandboxNames) {
        self.clock = clock
        self.names = names
    }
}

/// What the fixture made, by the names that it gave.
package struct SandboxNames: Sendable {
    /// An account.
    package struct Person: Sendable {
        package let email: EmailAddress
        package let name: DisplayName
        package let id: AccountID

        package init(_ account: SluiceAuthority.Account) {
            email = account.email
            name = account.name
            id = account.id
        }
    }

    /// An organization.
    package struct Team: Sendable {
        package let name: String
        package let id: OrganizationReference

        package init?(_ organization: Organization) {
            // Both ids are 24 hexadecimal digits.
            guard let id = OrganizationReference(organization.id.text) else { return nil }
            name = organization.name.text
            self.id = id
        }
    }

    /// A client.
    package struct App: Sendable {
        package let name: String
        package let id: ClientID
        package let kind: Client.Kind
        package let redirectURIs: [String]

        package init(_ client: Client) {
            name = client.name.text
            id = client.id
            kind = client.kind
            redirectURIs = client.redirectURIs.map(\.text)
        }
    }

    /// A grant.
    package struct Approval: Sendable {
        package let name: String
        package let id: GrantID

        package init(name: String, id: GrantID) {
            self.name = name
            self.id = id
        }
    }

    /// In the fixture's order. The first is who answers authorization requests unless another is named.
    package var accounts: [Person] = []
    /// In the fixture's order.
    package var organizations: [Team] = []
    /// In the fixture's order.
    package var clients: [App] = []
    /// In the fixture's order.
    package var grants: [Approval] = []

    /// Nothing yet.
    package init() {}
}
