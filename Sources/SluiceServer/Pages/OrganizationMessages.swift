/// Pages about organizations that only say something.
extension MessagePage {
    private static let toOrganizations = Action(text: "Your organizations", path: "/settings/organizations")

    /// 403: a member whose role does not allow what it asked for.
    static func roleForbidden(requestID: String?) -> MessagePage {
        MessagePage(
            status: 403, heading: "Your role does not allow this",
            happened: "You belong to this organization, but not with a role that may do this.",
            kept: "Nothing was changed.", next: "Ask its owner, or an admin.", requestID: requestID,
            actions: [toOrganizations])
    }

    /// 409: the organization is not in a state in which this can be done.
    static func organizationConflict(requestID: String?) -> MessagePage {
        MessagePage(
            status: 409, heading: "That does not go together",
            happened: "The owner of an organization keeps this role, and stays, until somebody else owns it.",
            kept: "Nothing was changed.", next: "Pass ownership on first, or delete the organization.",
            requestID: requestID, actions: [toOrganizations])
    }

    /// 410: the link of an invitation leads nowhere any more. The answer does not tell why.
    static func invitationClosed(requestID: String?) -> MessagePage {
        MessagePage(
            status: 410, heading: "This invitation is no longer open",
            happened: "It was used, declined or taken back, it ran out, or there never was one behind this link.",
            kept: "Nothing was changed.", next: "Ask whoever sent it for a new one.", requestID: requestID,
            actions: [toOrganizations])
    }

    /// 403: somebody else was invited.
    static func invitationForAnother(email: String, account: String, requestID: String?) -> MessagePage {
        MessagePage(
            status: 403, heading: "This invitation is for another address",
            happened: "It was made for \(email), and you are signed in as \(account).",
            kept: "Nothing was changed, and the invitation stays open.",
            next:
                "Sign out, open the link again and sign in as \(email). If that address is yours too, you can also make it your account’s address, or ask for an invitation to the one it has.",
            requestID: requestID, actions: [Action(text: "Your account", path: "/settings")])
    }

    /// 409: as many as there may be.
    static func organizationFull(_ what: String, requestID: String?) -> MessagePage {
        MessagePage(
            status: 409, heading: "There is no room", happened: what,
            kept: "Nothing was changed, and the invitation stays open.",
            next: "Leave an organization that you no longer need, or ask the owner to make room, and open the link again.",
            requestID: requestID, actions: [toOrganizations])
    }

    /// 409: the same form was sent twice, and its link is shown only once.
    static func alreadyInvited(organization: String, requestID: String?) -> MessagePage {
        MessagePage(
            status: 409, heading: "This form was sent before",
            happened: "The invitation was made the first time, and its link shown on that answer. It cannot be shown again.",
            kept: "There is one invitation, not two.",
            next: "If you did not copy the link, invite the address again: the lost link stops working by that.",
            requestID: requestID,
            actions: [Action(text: "Back to the organization", path: "/settings/organizations/\(organization)")])
    }
}
