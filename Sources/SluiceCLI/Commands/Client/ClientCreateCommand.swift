import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice client create`.
struct ClientCreateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Register a client; a confidential one's secret is shown once.",
        discussion: """
            A public client (mobile, desktop, single-page) has no secret. Redirect URIs are compared byte for byte; only the port of a \
            loopback address is free.

              sluice client create --account ada@example.com --name "My app" --type confidential \\
                --redirect-uri https://app.example/callback --website https://app.example
              sluice client create --account ada@example.com --name "My tool" --type public --redirect-uri http://127.0.0.1/callback
            """)

    @Option(help: ArgumentHelp("The account that owns it: e-mail address or id.", valueName: "account"))
    var account: String
    @Option(help: ArgumentHelp("Its name, as the consent page shows it.", valueName: "text"))
    var name: String
    @Option(help: ArgumentHelp("public or confidential.", valueName: "type"))
    var type: ClientType
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Where the browser may go back to; several may follow each other.", valueName: "uri"))
    var redirectURI: [String]
    @Option(help: ArgumentHelp("The app's web site.", valueName: "url"))
    var website: String?
    @Option(help: ArgumentHelp("What the app does.", valueName: "text"))
    var description: String?
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let account = try await installation.account(account)
            guard account.state == .active else {
                throw Failure(.refused, "The account is \(account.state.rawValue).", kept: "Nothing was changed.")
            }
            let created = try await installation.authority.clients.register(
                Clients.Draft(name: name, redirectURIs: redirectURI, website: website, description: description),
                kind: type.kind,
                owner: account.id, formID: nil, trace: .commandLine)
            if created.client.redirectURIs.contains(where: { $0.kind == .localhost }) {
                surroundings.output.note(
                    "Warning: the name localhost may be made to point elsewhere; http://127.0.0.1 or http://[::1] is safer "
                        + "(RFC 8252 §8.3).")
            }
            surroundings.output.show(
                .client(created, headline: "Registered a client for \(account.email.text)."), asJSON: common.json)
            return .ok
        }
    }
}

/// The two kinds of clients on the command line.
enum ClientType: String, ExpressibleByArgument, CaseIterable, Sendable {
    case `public`, confidential

    /// The authority's word for it.
    var kind: Client.Kind {
        switch self {
        case .public: .public
        case .confidential: .confidential
        }
    }
}
