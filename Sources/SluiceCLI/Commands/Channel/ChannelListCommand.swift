import ArgumentParser
import SluicePosting

/// `sluice channel list`.
struct ChannelListCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List an organization's channels, oldest first: all of them at once.")

    @OptionGroup var owner: OrganizationOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let channels = try await installation.posting.channels.list(of: try await installation.organization(owner))
            var table = Table(["ID", "Network", "Name", "Time zone", "State"])
            for channel in channels {
                table.add([channel.id.text, channel.descriptor, channel.name, channel.timeZone, channel.stateWords])
            }
            surroundings.output.show(
                Page.report(
                    items: channels.map(\.json), next: nil, table: table, empty: "There are no channels.",
                    command: "sluice channel list"),
                asJSON: common.json)
            return .ok
        }
    }
}
