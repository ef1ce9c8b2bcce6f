import ArgumentParser
import SluicePosting

/// `sluice tag remove`.
struct TagRemoveCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a tag, from every post and idea that has it too.",
        discussion: """
              sluice tag remove 6560f1c2a9e4b3d7c8a1f0e5
            """)

    @Argument(help: ArgumentHelp("The tag's id.", valueName: "tag-id"))
    var id: String
    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            guard let tagID = TagID(id) else { throw Failure.notAnID("a tag's id", list: "sluice tag list --organization …") }
            guard let tag = try await installation.posting.tags.tags([tagID]).first else {
                throw Failure(
                    .notFound, "There is no such tag.", kept: "Nothing was changed.",
                    next: "`sluice tag list --organization …` shows them.")
            }
            try await installation.posting.tags.remove(tag.id, of: tag.organization)
            surroundings.output.show(
                Report(
                    json: .object([("id", .string(tag.id.text)), ("removed", .bool(true))]),
                    text: "Removed the tag “\(Printable.line(tag.name))”."),
                asJSON: common.json)
            return .ok
        }
    }
}
