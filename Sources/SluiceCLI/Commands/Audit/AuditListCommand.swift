import ArgumentParser
import SluiceAuthority

/// `sluice audit list`.
struct AuditListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what happened, newest first: everything, or what concerns one account.",
        discussion: """
            The log only grows and holds no secret. What one request did is found by the id that its answer carried: \
            echo ID | sluice explain
            """)

    @Option(help: ArgumentHelp("Only what concerns this account: e-mail address or id.", valueName: "account"))
    var account: String?
    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            var command = "sluice audit list"
            var id: AccountID?
            if let account {
                id = try await installation.account(account).id
                command += " --account \(id?.text ?? "")"
            }
            let events = try await installation.authority.audit.list(account: id, list.page)
            var table = Table(["When", "Event", "Account", "Client", "Concerns", "From", "Details"])
            for event in events.elements {
                table.add([
                    Timestamp.text(event.at), event.kind.rawValue, event.accountID?.text, event.clientID?.text,
                    event.subject,
                    event.trace.address == "-" ? event.trace.userAgent : event.trace.address,
                    event.details.map { "\($0.name)=\($0.value)" }.joined(separator: " "),
                ])
            }
            surroundings.output.show(
                Page.report(
                    items: events.elements.map(\.json), next: events.next, table: table, empty: "Nothing happened yet.",
                    command: command),
                asJSON: common.json)
            return .ok
        }
    }
}

extension AuditEvent {
    /// For lists.
    var json: JSON {
        .object([
            ("at", .string(Timestamp.text(at))), ("event", .string(kind.rawValue)),
            ("account_id", .optional(accountID?.text)),
            ("client_id", .optional(clientID?.text)), ("subject", .optional(subject)),
            ("address", .string(trace.address)),
            ("user_agent", .string(trace.userAgent)), ("request_id", .string(trace.requestID)),
            ("details", .object(details.map { ($0.name, JSON.string($0.value)) })),
        ])
    }
}
