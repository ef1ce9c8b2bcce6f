import ArgumentParser
import SluicePosting

/// `sluice post approve`.
struct PostApproveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a post: it takes its place in the queue.",
        discussion: """
            It has to wait for approval.

              sluice post approve 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The post's id.", valueName: "post-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let post = try await installation.posting.posts.approve(try await installation.post(id).id)
            surroundings.output.show(Report(json: post.json, text: post.factSheet.text), asJSON: common.json)
            return .ok
        }
    }
}
