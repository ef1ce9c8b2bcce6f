import ArgumentParser
import SluicePosting

/// `sluice channel add`.
struct ChannelAddCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a channel to an organization.",
        discussion: """
            It starts with a schedule of three times a day; `sluice channel schedule` changes that. No network is connected: what is due goes \
            to the outbox.

              sluice channel add --account ada@example.com --service mastodon --name ada --server-url https://mastodon.social
              sluice channel add --organization 6560f1c2a9e4b3d7c8a1f0e5 --service pinterest --name Kitchen --board "Recipes | 1" Tools
            """)

    @OptionGroup var owner: OrganizationOptions
    @Option(help: ArgumentHelp("The network.", valueName: "name"))
    var service: Service
    @Option(help: ArgumentHelp("The handle or page name at the network.", valueName: "text"))
    var name: String
    @Option(help: ArgumentHelp("What kind of account it is (default: what the network usually has).", valueName: "kind"))
    var type: ChannelType?
    @Option(help: ArgumentHelp("What people call it, if that is another name.", valueName: "text"))
    var displayName: String?
    @Option(
        help: ArgumentHelp("The IANA name of the time zone its schedule is read in (default: UTC).", valueName: "zone"))
    var timeZone = "UTC"
    @Option(
        name: .customLong("service-id"),
        help: ArgumentHelp("The network's own id of the account (default: a random one).", valueName: "text"))
    var serviceID: String?
    @Option(help: ArgumentHelp("Where it is at the network.", valueName: "url"))
    var link: String?
    @OptionGroup var facts: ChannelFactOptions
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let organization = try await installation.organization(owner)
            var draft = ChannelDraft(service: service, name: name)
            draft.type = type
            draft.displayName = displayName
            draft.timeZone = timeZone
            draft.serviceID = serviceID
            draft.externalLink = link
            draft.facts = try facts.applied(to: draft.facts)
            let channel = try await installation.posting.channels.add(draft, to: organization)
            surroundings.output.show(
                Report(
                    json: channel.json,
                    text: "Added a channel. No network is connected: its posts go to the outbox.\n\n\(channel.factSheet.text)"),
                asJSON: common.json)
            return .ok
        }
    }
}
