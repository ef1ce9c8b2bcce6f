import ArgumentParser
import SluicePosting

/// `sluice post show`.
struct PostShowCommand: DataCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one post.")

    @Argument(help: ArgumentHelp("The post's id.", valueName: "post-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let post = try await installation.post(id)
            surroundings.output.show(Report(json: post.json, text: post.factSheet.text), asJSON: common.json)
            return .ok
        }
    }
}
