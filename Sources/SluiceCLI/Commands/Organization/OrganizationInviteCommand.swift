import ArgumentParser
import SluiceAuthority
import SluiceServer

/// `sluice organization invite`.
struct OrganizationInviteCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Invite an e-mail address to an organization, and show the link once.",
        discussion: """
            Nothing is sent: pass the link on. It works once, for seven days, for an account with exactly this address. An open \
            invitation to the same address is withdrawn by a new one.

              sluice organization invite 6560f1c2a9e4b3d7c8a1f0e5 --email grace@example.com --role admin
            """)

    @OptionGroup var choice: OrganizationChoice
    @Option(help: ArgumentHelp("Whom to invite.", valueName: "address"))
    var email: String
    @Option(help: ArgumentHelp("What the person will be: admin, member or contributor.", valueName: "role"))
    var role: GivenRole = .member
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(choice.text)
            let invited = try await installation.authority.organizations.invite(
                email, to: organization.id, as: role.role, by: .commandLine, trace: .commandLine)
            // Where a server answered last, which may be at another port than the settings say.
            let app =
                ServingNote.read(from: installation.folder)?.appURL ?? settings.origins(port: settings.port).app.text
            let link = "\(app)/invitations/\(invited.secret.text)"
            let invitation = invited.invitation
            let facts = FactSheet([
                ("ID", invitation.id.text), ("Organization", organization.name.text),
                ("E-mail address", invitation.email.text), ("Role", invitation.role.rawValue),
                ("Until", Timestamp.text(invitation.expiresAt)),
            ])
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(invitation.id.text)), ("organization_id", .string(organization.id.text)),
                        ("email", .string(invitation.email.text)), ("role", .string(invitation.role.rawValue)),
                        ("link", .string(link)), ("expires_at", .string(Timestamp.text(invitation.expiresAt))),
                    ]),
                    text: ShownSecret.text(
                        "Made an invitation.", facts: facts, secretName: "The link", secret: link,
                        hint: "Pass it on to whom it is for; it cannot be shown again.")),
                asJSON: common.json)
            return .ok
        }
    }
}
