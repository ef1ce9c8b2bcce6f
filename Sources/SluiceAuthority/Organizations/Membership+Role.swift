extension Membership {
    /// What a member may do in the organization. The raw values are stored and shown.
    public enum Role: String, Sendable, CaseIterable {
        /// Everything; each organization has exactly one.
        case owner
        /// Everything but to give the organization away or to delete it.
        case admin
        /// Writes posts and sends them off.
        case member
        /// Writes posts, which go out once somebody approved them.
        case contributor

        /// Invites people, changes their roles and removes them.
        public var canManageMembers: Bool { self == .owner || self == .admin }
        /// Adds, changes and removes channels.
        public var canManageChannels: Bool { self == .owner || self == .admin }
        /// Changes what the organization is called, and what else is set for all of it.
        public var canManageSettings: Bool { self == .owner || self == .admin }
        /// Decides about posts that wait for approval.
        public var canApprove: Bool { self == .owner || self == .admin }
        /// Whether its posts wait until somebody approves them.
        public var postsNeedApproval: Bool { self == .contributor }
        /// Makes another member the owner.
        public var canTransferOwnership: Bool { self == .owner }
        /// Deletes the organization.
        public var canDelete: Bool { self == .owner }
        /// Sees the organization and its members; every member does.
        public var canView: Bool { true }
        /// Whether a member may be invited as it, be given it, leave with it or be removed. An owner first hands over.
        public var isGiven: Bool { self != .owner }

        /// Who owns an organization after its owner's account was closed: of the first of these that somebody has, whoever serves
        /// longest.
        public static let succession: [Role] = [.admin, .member, .contributor]
    }
}
