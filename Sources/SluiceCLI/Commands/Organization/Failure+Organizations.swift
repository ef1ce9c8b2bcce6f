import SluiceAuthority

extension Failure {
    /// What a problem in an organization means to the operator.
    init(_ problem: OrganizationProblem) {
        let kept = "Nothing was changed."
        switch problem {
        case .notFound:
            self.init(
                .notFound, "There is no such organization.", kept: kept, next: "`sluice organization list` shows all.")
        case .memberUnknown:
            self.init(
                .notFound, "This account is no member of the organization.", kept: kept,
                next: "`sluice organization members …` shows who is.")
        case .invitationClosed:
            self.init(
                .notFound, "There is no such open invitation.", kept: kept,
                next: "`sluice organization show …` shows the open ones.")
        case .accountUnknown: self.init(.refused, "The account is not active.", kept: kept)
        case .nameInvalid:
            self.init(
                .invalid, "The name is empty, longer than 100 characters, or holds characters that cannot be shown.",
                kept: kept)
        case .emailInvalid:
            self.init(.invalid, "This is not an e-mail address.", kept: kept, next: "Write it as name@example.com.")
        case .roleInvalid:
            self.init(
                .invalid, "Nobody becomes an owner this way.", kept: kept,
                next: "Use admin, member or contributor; `sluice organization transfer` passes ownership on.")
        case .alreadyMember: self.init(.refused, "An account with this address is a member already.", kept: kept)
        case .alreadyOwner: self.init(.refused, "This account owns the organization already.", kept: kept)
        case .ownerStays:
            self.init(
                .refused, "The owner stays, and stays the owner, until somebody else owns the organization.", kept: kept,
                next: "Pass ownership on with `sluice organization transfer` first.")
        case .tooManyInvitations:
            self.init(
                .refused, "The organization has \(AuthorityLimits.invitations) open invitations, as many as it may.",
                kept: kept, next: "Withdraw one that is not needed.")
        case .tooManyMembers:
            self.init(
                .refused, "The organization has \(AuthorityLimits.members) members, as many as it may.", kept: kept)
        case .tooManyOrganizations:
            self.init(
                .refused, "An account belongs to at most \(AuthorityLimits.organizations) organizations.", kept: kept)
        case .formRepeated: self.init(.failed, "The same request was sent before.", kept: kept)
        // The operator has no role and no invitation.
        case .forbidden, .invitationForAnother: self.init(.refused, "This is not allowed.", kept: kept)
        }
    }
}
