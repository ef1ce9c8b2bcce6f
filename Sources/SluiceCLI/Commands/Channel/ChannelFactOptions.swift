import ArgumentParser
import SluicePosting
import SluiceServer

/// What a network says about a channel, as flags.
struct ChannelFactOptions: ParsableArguments {
    @Option(
        name: .customLong("server-url"),
        help: ArgumentHelp("Where the account lives (mastodon, bluesky): https://mastodon.social.", valueName: "url"))
    var serverURL: String?

    @Option(help: ArgumentHelp("How many characters that server takes (mastodon; default: 500).", valueName: "number"))
    var maxCharacters: Int?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Boards (pinterest): NAME, or \"NAME | ID\" to choose the id that a pin names; several may follow each other.",
            valueName: "board"))
    var board: [String] = []

    @Option(help: ArgumentHelp("The address in words (facebook, googlebusiness).", valueName: "text"))
    var location: String?

    @Option(help: ArgumentHelp("The plan of the account (twitter): Premium takes longer texts.", valueName: "text"))
    var subscription: String?

    /// The facts with what was given in the place of what was there.
    func applied(to old: ChannelFacts) throws -> ChannelFacts {
        var facts = old
        if let serverURL { facts.serverURL = serverURL }
        if let maxCharacters { facts.maxCharacters = maxCharacters }
        if let subscription { facts.subscriptionType = subscription }
        if let location {
            var place = facts.location ?? ChannelFacts.Location()
            place.location = location
            facts.location = place
        }
        if !board.isEmpty {
            guard let boards = BoardLines.boards(board.joined(separator: "\n"), known: old.boards) else {
                throw Failure(
                    .invalid, "These are no boards.", kept: "Nothing was changed.",
                    next: "Write each as NAME or \"NAME | ID\", with different ids; at most \(BoardLines.limit).")
            }
            facts.boards = boards
        }
        return facts
    }
}
