import ArgumentParser
import SluiceClient
import SluiceOAuth

/// `sluice login`.
struct LoginCommand: RemoteCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in at a profile's server with your browser.",
        discussion: """
            Opens the server's sign-in page and waits on a port of 127.0.0.1 until the browser comes back (RFC 8252). The profile's app \
            must be registered with the redirect URI http://127.0.0.1/callback; the port is free. The tokens are stored for your user \
            alone and are renewed when they are needed.

            Without --scope and scopes in the profile it asks to read, and to stay signed in.

              sluice login
              sluice login --profile local --scope account:read posts:read posts:write offline_access
              sluice login --no-browser
            """)

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What to ask for; several may follow each other (default: the profile's).", valueName: "scope"))
    var scope: [String] = []
    @Flag(help: "Sign in with a code on another device, where the server offers that (RFC 8628).")
    var device = false
    @Flag(help: "Only print the address; start no browser.")
    var noBrowser = false
    @Option(help: ArgumentHelp("How long to wait for you: 90s, 5m.", valueName: "span"))
    var timeout = Patience.fiveMinutes
    @OptionGroup var options: ProfileOptions

    /// What is asked for if nobody says: to read, and to go on without the browser.
    private static let usualScopes = "account:read posts:read ideas:read offline_access"

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let chosen = try ChosenProfile(options.profile, in: surroundings)
        let given = try Scopes.given(scope)
        // Whatever is missing on this side is found before the person is sent to the browser.
        _ = try chosen.profile.registration(chosen.name, environment: surroundings.environment)
        try chosen.prepareStorage()
        let endpoints = try await chosen.discover()
        let client = try chosen.client(of: endpoints)
        let scopes = given ?? chosen.profile.scopes ?? Self.usual(at: endpoints.authorizationServer)
        // Not read: tokens that are damaged, or that others could read, are a reason to sign in again.
        let replaces = chosen.folders.hasTokens(chosen.name)
        let source = TokenSource(client: client, storage: chosen.storage)
        let tokens: TokenSet
        if device {
            tokens = try await DeviceSignIn(
                name: chosen.name, client: client, scopes: scopes, source: source, timeout: timeout.duration,
                surroundings: surroundings
            ).run()
        } else {
            tokens = try await BrowserSignIn(
                name: chosen.name, client: client, scopes: scopes, source: source, timeout: timeout.duration,
                opensBrowser: !noBrowser, surroundings: surroundings
            ).run()
        }
        await remember(endpoints, chosen, surroundings)
        if replaces {
            surroundings.output.note(
                "This replaced an earlier sign-in with the profile \(chosen.name.text). The server still lists that one among the "
                    + "connected apps; it can be revoked there.")
        }
        let api = surroundings.api(endpoints.apiURL, as: .tokens(source))
        let account: RemoteAccount?
        do {
            account = try await RemoteAccount.ask(api, scopes: tokens.scopes)
        } catch {
            // The sign-in worked and is stored: that the API is away now does not undo it.
            account = nil
            surroundings.output.note("The API could not be asked who signed in: \(error.summary)")
        }
        surroundings.output.show(Self.report(chosen.name, endpoints, tokens, account), asJSON: options.json)
        return .ok
    }

    /// Notes the endpoints for the commands that follow. Where profiles are read-only, those ask the server again.
    private func remember(_ endpoints: Endpoints, _ chosen: ChosenProfile, _ surroundings: Surroundings) async {
        guard chosen.profile.endpoints != endpoints else { return }
        do {
            try await ProfileFile(chosen.folders).change { book in
                // Another process may have changed the profile meanwhile: then these endpoints may not be its own.
                guard var profile = book[chosen.name], profile.place == chosen.profile.place else { return }
                profile.endpoints = endpoints
                book.added[chosen.name] = profile
            }
        } catch {
            surroundings.output.note("The server's endpoints could not be noted: \(Failure(error).what)")
        }
    }

    /// The usual scopes that the server has.
    private static func usual(at server: AuthorizationServer) -> Scopes {
        let usual = Scopes(usualScopes) ?? Scopes()
        return server.scopes.map(usual.intersection) ?? usual
    }

    private static func report(
        _ name: ProfileName, _ endpoints: Endpoints, _ tokens: TokenSet, _ account: RemoteAccount?
    ) -> Report {
        var facts = SignInFacts(name: name, endpoints: endpoints, scopes: tokens.scopes, expiresAt: tokens.expiresAt)
        facts.renews = tokens.refreshToken != nil
        facts.account = account
        return Report(
            json: facts.json,
            text: "Signed in\(account.map { " as \(Printable.line($0.text))" } ?? "").\n\n\(facts.sheet.text)")
    }
}

/// How long a command waits for a person: up to an hour.
struct Patience: ExpressibleByArgument, Sendable, Equatable {
    /// The span.
    let duration: Duration
    /// What holds if nobody says.
    static let fiveMinutes = Patience(seconds: 300)

    private init(seconds: Int) { duration = .seconds(seconds) }

    init?(argument: String) {
        guard let seconds = TimeSpan.seconds(argument), (1...3_600).contains(seconds) else { return nil }
        self.init(seconds: seconds)
    }

    var defaultValueDescription: String { "5m" }
}

extension Scopes {
    /// What `--scope` was given; `nil` if it was not.
    /// - Throws: `Failure` if a name cannot be a scope. Whether there is such a scope is for the server to say.
    static func given(_ texts: [String]) throws -> Scopes? {
        guard !texts.isEmpty else { return nil }
        guard let scopes = Scopes(texts.joined(separator: " ")), !scopes.isEmpty else {
            throw Failure(
                .invalid, "A scope is no scope's name.", kept: "Nothing was changed.",
                next: "Write them like account:read posts:write offline_access.")
        }
        return scopes
    }
}
