import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice key create`.
struct KeyCreateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an API key and show it once.",
        discussion: """
            Without --scope the key may do everything its account may, as Buffer's.

              sluice key create --account ada@example.com --name laptop
              sluice key create --account ada@example.com --name ci --scope posts:read account:read --expires 90d
              export BUFFER_API_KEY=$(sluice key create --account ada@example.com --name shell --json | jq -r .key)
            """)

    @Option(help: ArgumentHelp("The account it acts for: e-mail address or id.", valueName: "account"))
    var account: String
    @Option(help: ArgumentHelp("What to call it.", valueName: "text"))
    var name: String
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What it may do; several may follow each other (default: everything).", valueName: "scope"),
        completion: .list(ScopeCatalog.resource.map(\.name)))
    var scope: [String] = []
    @Option(
        help: ArgumentHelp(
            "When it ends: 2027-01-31, 2027-01-31T12:00:00Z, 90d, 12h or never (default: never).", valueName: "when"))
    var expires: String?
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        let scopes = try scopes()
        let expiry = try expiry()
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(account)
            // A key of an account that is disabled would be born refused, and look like a fault.
            guard account.state == .active else {
                throw Failure(.refused, "The account is \(account.state.rawValue).", kept: "Nothing was changed.")
            }
            let created = try await installation.authority.keys.create(
                for: account.id, name: name, scopes: scopes, expiresAt: expiry.date(from: surroundings.now()),
                formID: nil,
                trace: .commandLine)
            surroundings.output.show(
                .key(created, headline: "Made an API key for \(account.email.text)."), asJSON: common.json)
            return .ok
        }
    }

    private func scopes() throws -> Scopes? {
        guard !scope.isEmpty else { return nil }
        guard let scopes = Scopes(scope.joined(separator: " ")) else { throw APIKeys.Problem.scopeUnknown }
        return scopes
    }

    private func expiry() throws -> Expiry {
        guard let expires else { return .never }
        guard let expiry = Expiry(expires) else {
            throw Failure(
                .usage, "“\(Printable.line(expires))” is no expiry.",
                next: "Write --expires as 2027-01-31, 2027-01-31T12:00:00Z, 90d, 12h or never.")
        }
        return expiry
    }
}
