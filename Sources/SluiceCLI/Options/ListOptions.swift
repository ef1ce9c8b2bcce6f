import ArgumentParser
import SluiceAuthority

/// The flags of every list.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many rows at most: 1 to 200.", valueName: "number"))
    var limit = 50

    @Option(help: ArgumentHelp("Continue behind the page whose “next” this is.", valueName: "cursor"))
    var after: String?

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit is a number from 1 to 200.") }
    }

    /// The page that is asked for.
    var page: SliceRequest { SliceRequest(limit: limit, after: after) }
}
