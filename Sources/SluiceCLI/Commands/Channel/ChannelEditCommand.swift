import ArgumentParser
import SluicePosting

/// `sluice channel edit`.
struct ChannelEditCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change what is known of a channel, or switch it off.",
        discussion: """
            What is not named stays as it is. Another time zone gives the posts in the queue new times. A locked channel can be read but not \
            posted to; a disconnected one is one whose network no longer accepts its credentials.

              sluice channel edit 6560f1c2a9e4b3d7c8a1f0e5 --time-zone Europe/Berlin --goal 5
              sluice channel edit 6560f1c2a9e4b3d7c8a1f0e5 --disconnected
            """)

    @Argument(help: ArgumentHelp("The channel's id.", valueName: "channel-id"))
    var id: String
    @Option(help: ArgumentHelp("The handle or page name at the network.", valueName: "text"))
    var name: String?
    @Option(help: ArgumentHelp("What people call it; empty for the name alone.", valueName: "text"))
    var displayName: String?
    @Option(help: ArgumentHelp("The IANA name of the time zone its schedule is read in.", valueName: "zone"))
    var timeZone: String?
    @Option(help: ArgumentHelp("Where it is at the network; empty for nowhere.", valueName: "url"))
    var link: String?
    @Option(help: ArgumentHelp("How many posts a week somebody aims for: 1 to 1000; 0 for no goal.", valueName: "number"))
    var goal: Int?
    @Flag(inversion: .prefixedNo, help: "Whether it may be read but not posted to.")
    var locked: Bool?
    @Flag(inversion: .prefixedNo, help: "Whether its network no longer accepts its credentials.")
    var disconnected: Bool?
    @OptionGroup var facts: ChannelFactOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.channel(id)
            var edit = ChannelEdit()
            edit.name = name
            if let displayName { edit.displayName = .some(displayName.isEmpty ? nil : displayName) }
            edit.timeZone = timeZone
            if let link { edit.externalLink = .some(link.isEmpty ? nil : link) }
            if let goal { edit.postingGoal = .some(goal == 0 ? nil : goal) }
            edit.isLocked = locked
            edit.isDisconnected = disconnected
            let newFacts = try facts.applied(to: old.facts)
            if newFacts != old.facts { edit.facts = newFacts }
            let channel = try await installation.posting.channels.edit(old.id, of: old.organization, edit)
            surroundings.output.show(Report(json: channel.json, text: channel.factSheet.text), asJSON: common.json)
            return .ok
        }
    }
}
