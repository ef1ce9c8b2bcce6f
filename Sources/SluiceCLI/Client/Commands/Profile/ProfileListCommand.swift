import ArgumentParser

/// `sluice profile list`.
struct ProfileListCommand: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the profiles.")

    @OptionGroup var options: JSONOption

    var wantsJSON: Bool { options.json }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let folders = try ClientFolders(environment: surroundings.environment)
        let book = try ProfileFile(folders).read()
        let reports = book.names.compactMap {
            ProfileReport($0, in: book, folders: folders, environment: surroundings.environment)
        }
        var table = Table(["", "Profile", "Server", "Client id", "Signed in"])
        for report in reports {
            table.add([
                report.isCurrent ? "*" : "", report.name.text, report.profile.place.text, report.profile.clientID,
                report.isSignedIn ? "yes" : "no",
            ])
        }
        surroundings.output.show(
            Report(
                json: .object([("items", .array(reports.map(\.json)))]), text: table.text(empty: "There are no profiles.")),
            asJSON: options.json)
        return .ok
    }
}
