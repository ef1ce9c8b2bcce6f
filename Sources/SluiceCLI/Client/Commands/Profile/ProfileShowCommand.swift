import ArgumentParser

/// `sluice profile show`.
struct ProfileShowCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one profile: its server, its app, and where its tokens are.")

    @Argument(help: ArgumentHelp("Which one (default: the one that is used when none is named).", valueName: "name"))
    var name: ProfileName?
    @OptionGroup var options: JSONOption

    var wantsJSON: Bool { options.json }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let folders = try ClientFolders(environment: surroundings.environment)
        let book = try ProfileFile(folders).read()
        let name = try book.choose(name, environment: surroundings.environment).name
        guard let report = ProfileReport(name, in: book, folders: folders, environment: surroundings.environment) else {
            throw ProfileBook.unknown(name)
        }
        surroundings.output.show(Report(json: report.json, text: report.sheet.text), asJSON: options.json)
        return .ok
    }
}
