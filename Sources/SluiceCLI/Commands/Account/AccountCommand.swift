import ArgumentParser
import SluiceAuthority

/// `sluice account`.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, list, disable, enable and close accounts, and reset passwords.",
        subcommands: [
            AccountCreateCommand.self, AccountListCommand.self, AccountDisableCommand.self, AccountEnableCommand.self,
            AccountCloseCommand.self, AccountResetPasswordCommand.self,
        ])
}

extension Account {
    /// For `--json`.
    var json: JSON {
        .object([
            ("id", .string(id.text)), ("email", state == .closed ? .null : .string(email.text)),
            ("name", state == .closed ? .null : .string(name.text)), ("timezone", .string(timeZone)),
            ("state", .string(state.rawValue)), ("created_at", .string(Timestamp.text(createdAt))),
        ])
    }
}

extension Report {
    /// What became of an account.
    static func account(_ id: AccountID, state: String?, changed: Bool, text: String) -> Report {
        var members: [(String, JSON)] = [("id", .string(id.text))]
        if let state { members.append(("state", .string(state))) }
        members.append(("changed", .bool(changed)))
        return Report(json: .object(members), text: text)
    }
}
