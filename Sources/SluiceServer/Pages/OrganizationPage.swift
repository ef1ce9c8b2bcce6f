/// One organization, as the member sees it who looks: what its role does not allow is not offered.
struct OrganizationPage: Page {
    static let template = "organization"
    static let tab: PageTab? = .account

    /// Somebody who belongs to it.
    struct Member: Sendable {
        var id: String
        var name: String
        var email: String
        var role: String
        var joined: Moment
        /// Whether it is the account that looks.
        var isSelf: Bool
        /// Whether the one who looks may change its role and remove it.
        var isChangeable: Bool
        var roles: [OrganizationRoleChoice]
    }

    /// An invitation that can still be accepted.
    struct Invitation: Sendable {
        var id: String
        var email: String
        var role: String
        var expires: Moment
    }

    /// The organization's id. Not `id`, which inside of a list is an entry's.
    var organization: String
    /// The name as stored; ``name`` is what the form holds.
    var savedName: String
    var name: String
    /// The role of the account that looks.
    var role: OrganizationRoleChoice
    var ownerEmail: String
    var created: Moment
    var memberCount: Int
    var members: [Member]
    /// The query, without `?`, that shows the next members; `nil` on the last page.
    var moreMembers: String?
    var invitations: [Invitation]
    var canManageSettings: Bool
    var canManageMembers: Bool
    var canLeave: Bool
    var isOwner: Bool
    /// Names the form that invites, so that sending it twice invites once.
    var formID: String
    var inviteEmail = ""
    var inviteRoles: [OrganizationRoleChoice]
    var newOwner = ""
    /// Fields: `name`.
    var errors: FormErrors = []
    /// Fields: `email`, `role`.
    var inviteErrors: FormErrors = []
    /// Fields: `member`.
    var transferErrors: FormErrors = []

    var title: String { savedName }
    var formErrors: [FormErrors] { [errors, inviteErrors, transferErrors] }
    var derived: [String: Any] { ["hasInvitations": !invitations.isEmpty, "hasOthers": memberCount > 1] }
}
