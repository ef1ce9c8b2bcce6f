import ArgumentParser
import SluicePosting

/// `sluice channel fail`.
struct ChannelFailCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: "Let a channel's next posts fail, to see what your program makes of it.",
        discussion: """
            Each of them ends with the status error and the reason you give, as if its network had refused it. `sluice post retry` sends it \
            after all.

              sluice channel fail 6560f1c2a9e4b3d7c8a1f0e5 --count 2 --reason "The access token has expired."
              sluice channel fail 6560f1c2a9e4b3d7c8a1f0e5 --clear
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @Option(help: ArgumentHelp("How many posts: 1 to 1000.", valueName: "number"))
    var count = 1
    @Option(help: ArgumentHelp("Why, in words for people.", valueName: "text"))
    var reason = "The network refused the post."
    @Option(help: ArgumentHelp("The same as a network would say it.", valueName: "text"))
    var rawError: String?
    @Flag(help: "Let none fail any more.")
    var clear = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1_000).contains(count) else { throw ValidationError("--count is a number from 1 to 1000.") }
        guard !reason.isEmpty else { throw ValidationError("--reason needs words.") }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let channel = try await installation.channel(id)
            let error = PublishingError(message: reason, rawError: rawError)
            if clear {
                try await installation.posting.outbox.clearFault(of: channel.id)
            } else {
                try await installation.posting.outbox.fail(next: count, of: channel.id, with: error)
            }
            let posts = count == 1 ? "next post fails" : "next \(count) posts fail"
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(channel.id.text)), ("failing", .integer(clear ? 0 : count)),
                        ("reason", clear ? .null : .string(error.message)),
                    ]),
                    text: clear
                        ? "No post of “\(Printable.line(channel.name))” is made to fail any more."
                        : "The \(posts) at “\(Printable.line(channel.name))”: \(Printable.line(error.message))"),
                asJSON: common.json)
            return .ok
        }
    }
}
