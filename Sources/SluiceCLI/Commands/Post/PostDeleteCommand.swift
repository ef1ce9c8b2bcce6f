import ArgumentParser
import SluicePosting

/// `sluice post delete`.
struct PostDeleteCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a post with its notes.",
        discussion: """
            If it did not go out yet, it never does. The other posts of the queue keep their times.

              sluice post delete 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The post's id.", valueName: "post-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let post = try await installation.post(id)
            try await installation.posting.posts.delete(post.id)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(post.id.text)), ("deleted", .bool(true))]), text: "Deleted the post."),
                asJSON: common.json)
            return .ok
        }
    }
}
