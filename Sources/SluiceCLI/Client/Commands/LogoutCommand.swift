import ArgumentParser
import SluiceClient

/// `sluice logout`.
struct LogoutCommand: RemoteCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Revoke the sign-in at the server, then forget its tokens.",
        discussion: """
            If the server cannot be reached, the tokens stay here too, so that the command can be tried again. --local forgets them \
            all the same: then the server accepts them until they end, or until you revoke the app there.

              sluice logout --profile local
            """)

    @Flag(help: "Forget the tokens without asking the server to revoke them.")
    var local = false
    @OptionGroup var options: ProfileOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let chosen = try ChosenProfile(options.profile, in: surroundings)
        guard chosen.folders.hasTokens(chosen.name) else {
            report(
                chosen.name, changed: false, revoked: false, "Nobody was signed in with the profile \(chosen.name.text).",
                surroundings)
            return .ok
        }
        if local {
            let storage = chosen.storage
            try await storage.exclusively { try await storage.remove() }
            report(
                chosen.name, changed: true, revoked: false,
                "Forgot the tokens of the profile \(chosen.name.text). The server was not told: revoke the app there if they may be in "
                    + "other hands.", surroundings)
            return .ok
        }
        let person = try await chosen.signedIn()
        let wasAtItsEnd: Bool
        let wasTold: Bool
        do throws(TokenError) {
            wasAtItsEnd = try await person.source.current()?.ending != nil
            wasTold = try await person.source.signOut()
        } catch { throw Self.explained(error, chosen) }
        let issuer = Printable.line(person.endpoints.authorizationServer.issuer)
        report(
            chosen.name, changed: true, revoked: wasTold,
            wasTold
                ? "Signed out: \(issuer) revoked the sign-in of the profile \(chosen.name.text)."
                : wasAtItsEnd
                    ? "The sign-in of the profile \(chosen.name.text) was at its end already; its tokens are forgotten."
                    : "Forgot the tokens of the profile \(chosen.name.text). \(issuer) offers no revocation: there they are good until they end.",
            surroundings)
        return .ok
    }

    private func report(_ name: ProfileName, changed: Bool, revoked: Bool, _ text: String, _ surroundings: Surroundings) {
        surroundings.output.show(
            Report(
                json: .object([
                    ("profile", .string(name.text)), ("changed", .bool(changed)), ("revoked", .bool(revoked)),
                ]), text: text),
            asJSON: options.json)
    }

    /// The tokens are still there, here and at the server: that is what matters now.
    private static func explained(_ error: TokenError, _ chosen: ChosenProfile) -> Failure {
        let failure = chosen.explained(error)
        return Failure(
            failure.status, failure.what, kept: "The tokens were kept; the server may still accept them.",
            next: "Try again, or forget them without the server: sluice logout --local --profile \(chosen.name.text)")
    }
}
