import ArgumentParser
import SluicePosting

/// `sluice channel show`.
struct ChannelShowCommand: DataCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one channel.")

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let channel = try await installation.channel(id)
            surroundings.output.show(Report(json: channel.json, text: channel.factSheet.text), asJSON: common.json)
            return .ok
        }
    }
}
