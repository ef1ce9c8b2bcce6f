import SluiceAuthority

/// A role in words, and whether it is the chosen one of several.
struct OrganizationRoleChoice: Sendable {
    /// As forms send it.
    var value: String
    var text: String
    /// What whoever has it may do.
    var detail: String
    var isChosen: Bool

    init(_ role: Membership.Role, isChosen: Bool = true) {
        value = role.rawValue
        text = role.word
        detail = role.detail
        self.isChosen = isChosen
    }

    /// The roles that can be given, with one of them chosen.
    static func given(_ chosen: Membership.Role?) -> [OrganizationRoleChoice] {
        Membership.Role.allCases.filter(\.isGiven).map { OrganizationRoleChoice($0, isChosen: $0 == chosen) }
    }
}

extension Membership.Role {
    /// As it stands beside a name.
    var word: String {
        switch self {
        case .owner: "Owner"
        case .admin: "Admin"
        case .member: "Member"
        case .contributor: "Contributor"
        }
    }

    /// What whoever has it may do, as a sentence.
    fileprivate var detail: String {
        switch self {
        case .owner: "May do everything, and alone passes the organization on or deletes it."
        case .admin: "Manages channels, people and settings, approves posts, and posts."
        case .member: "Writes posts and sends them off."
        case .contributor: "Writes posts, which go out once an admin or the owner approved them."
        }
    }
}
