import ArgumentParser
import SluiceAuthority

/// `sluice organization`.
struct OrganizationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Make, show, rename, pass on and delete organizations, and manage who belongs to them.",
        subcommands: [
            OrganizationCreateCommand.self, OrganizationListCommand.self, OrganizationShowCommand.self,
            OrganizationRenameCommand.self, OrganizationInviteCommand.self, OrganizationWithdrawCommand.self,
            OrganizationMembersCommand.self, OrganizationRoleCommand.self, OrganizationRemoveCommand.self,
            OrganizationTransferCommand.self, OrganizationDeleteCommand.self,
        ])
}

extension Organization {
    /// The members that every answer about an organization has.
    var members: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("name", .string(name.text)), ("owner_id", .string(ownerID.text)),
            ("owner_email", .string(ownerEmail.text)), ("created_at", .string(Timestamp.text(createdAt))),
        ]
    }

    /// For `--json`.
    var json: JSON { .object(members) }

    /// For people.
    var facts: [(String, String?)] {
        [
            ("ID", id.text), ("Name", name.text), ("Owner", "\(ownerEmail.text) (\(ownerID.text))"),
            ("Created", Timestamp.text(createdAt)),
        ]
    }

    /// The answer of a command that made or changed it.
    func report(_ headline: String) -> Report {
        Report(json: json, text: "\(headline)\n\n\(FactSheet(facts).text)")
    }
}

/// The roles that are given on the command line. Nobody becomes an owner this way.
enum GivenRole: String, ExpressibleByArgument, CaseIterable, Sendable {
    case admin, member, contributor

    /// The authority's word for it.
    var role: Membership.Role {
        switch self {
        case .admin: .admin
        case .member: .member
        case .contributor: .contributor
        }
    }
}
