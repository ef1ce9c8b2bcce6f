/// On whose behalf something is done in an organization.
public enum Actor: Sendable, Equatable {
    /// A member's.
    case account(AccountID)
    /// The operator's, who may do there whatever an owner may.
    case commandLine

    /// The member, if it is one.
    public var accountID: AccountID? {
        switch self {
        case .account(let id): id
        case .commandLine: nil
        }
    }
}

/// Who takes a step in an organization, and the roles that allow it.
///
/// A store checks it in the step's own write: a role that was taken away a moment ago no longer works.
public struct Warrant: Sendable, Equatable {
    /// Who.
    public let actor: Actor
    /// Any of these is enough; the command line needs none.
    public let roles: [Membership.Role]

    /// A warrant of whoever has a role that allows something.
    public init(_ actor: Actor, may permission: KeyPath<Membership.Role, Bool>) {
        self.actor = actor
        roles = Membership.Role.allCases.filter { $0[keyPath: permission] }
    }
}
