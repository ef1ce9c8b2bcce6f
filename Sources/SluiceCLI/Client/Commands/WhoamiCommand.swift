import ArgumentParser
import SluiceClient

/// `sluice whoami`.
struct WhoamiCommand: RemoteCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Say who is signed in, at which server, with which scopes.",
        discussion: """
            Asks the API, so it also says whether the server still accepts the sign-in; an access token that is over is renewed for that.

              sluice whoami --profile local
            """)

    @OptionGroup var options: ProfileOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let chosen = try ChosenProfile(options.profile, in: surroundings)
        let person = try await chosen.signedIn()
        let account: RemoteAccount?
        do {
            account = try await RemoteAccount.ask(person.api, scopes: person.stored.tokens.scopes)
        } catch {
            throw Failure(error, profile: chosen.name)
        }
        let stored: StoredTokens
        do { stored = try await person.source.current() ?? person.stored } catch { throw chosen.explained(error) }
        let facts = SignInFacts(
            name: chosen.name, endpoints: person.endpoints, scopes: stored.tokens.scopes,
            expiresAt: stored.tokens.expiresAt, renews: stored.tokens.refreshToken != nil, account: account)
        surroundings.output.show(Report(json: facts.json, text: facts.sheet.text), asJSON: options.json)
        return .ok
    }
}
