import ArgumentParser
import SluiceAuthority
import SluiceOAuth

/// `sluice signing-key rotate`.
struct SigningKeyRotateCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make the next signing key.",
        discussion: """
            It is published at once and signs a day later, when everybody who keeps a copy of the key set has it. The old key stays \
            published until what it signed has ended. The server rotates on schedule by itself (--signing-key-lifetime).

            With --now, for a key that was stolen, the new key signs at once and every other key retires at once: all access tokens so \
            far are refused, and apps get new ones for their refresh tokens. Other services that check tokens by a copy of the key set \
            believe the old keys, and refuse the new one, until they read it again; it may be kept for five minutes.
            """)

    @Flag(help: "Sign with it at once, and retire all other keys at once.")
    var now = false
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            guard
                let record = try await installation.authority.signingKeys.rotate(immediately: now, trace: .commandLine)
            else {
                throw Failure(
                    .busy, "A server or another command rotated at the same moment.",
                    kept: "Its key was kept, and no second one was made.",
                    next: "`sluice signing-key list` shows it.")
            }
            try await installation.waitForServers(surroundings)
            surroundings.output.show(
                Report(
                    json: record.json(now ? .current : .next),
                    text: "Made the signing key \(record.keyID) (\(record.algorithm.rawValue)); it signs from "
                        + "\(Timestamp.text(record.activatesAt)) on."),
                asJSON: common.json)
            return .ok
        }
    }
}
