import ArgumentParser
import SluicePosting

/// `sluice post move`.
struct PostMoveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Move a post to the top or the bottom of its queue.",
        discussion: """
            The times of the queue stay; the posts change places. Posts with a time of their own have no place in it.

              sluice post move 6560f1c2a9e4b3d7c8a1f0e5 --to top
            """)

    @Argument(help: ArgumentHelp("The post's id.", valueName: "post-id"))
    var id: String
    @Option(help: ArgumentHelp("Where to: top or bottom.", valueName: "end"))
    var to: QueuePosition
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let post = try await installation.posting.posts.move(try await installation.post(id).id, to: to)
            surroundings.output.show(Report(json: post.json, text: post.factSheet.text), asJSON: common.json)
            return .ok
        }
    }
}
