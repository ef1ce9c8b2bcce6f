import ArgumentParser
import SluiceAuthority
import SluiceClient
import SluiceOAuth

/// `sluice token`.
struct TokenCommand: RemoteCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Print an access token with life left in it, for scripts.",
        discussion: """
            The token stands alone on standard output; one that is nearly over is renewed first. However many processes ask at once, one \
            renews and all get the same. Whoever has the token can act as you until it ends: hand it on by a pipe or a variable, not as \
            an argument.

              TOKEN=$(sluice token) && printf 'header = "Authorization: Bearer %s"' "$TOKEN" | curl --config - https://api.buffer.com …
            """)

    @OptionGroup var options: ProfileOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let chosen = try ChosenProfile(options.profile, in: surroundings)
        let person = try await chosen.signedIn()
        let token: String
        let stored: StoredTokens
        do {
            token = try await person.source.accessToken()
            stored = try await person.source.current() ?? person.stored
        } catch {
            throw chosen.explained(error)
        }
        let tokens = stored.tokens
        surroundings.output.show(
            Report(
                json: .object([
                    ("access_token", .string(token)), ("token_type", .string("Bearer")),
                    ("expires_at", .string(Timestamp.text(tokens.expiresAt))), ("scopes", .strings(tokens.scopes.map(\.name))),
                    ("profile", .string(chosen.name.text)),
                ]), text: token),
            asJSON: options.json)
        return .ok
    }
}
