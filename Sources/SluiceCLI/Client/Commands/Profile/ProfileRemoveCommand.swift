import ArgumentParser

/// `sluice profile remove`.
struct ProfileRemoveCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a profile that nobody is signed in with; a built-in one is as new again.")

    @Argument(help: ArgumentHelp("Which one.", valueName: "name"))
    var name: ProfileName
    @OptionGroup var options: JSONOption

    var wantsJSON: Bool { options.json }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let folders = try ClientFolders(environment: surroundings.environment)
        try await ProfileFile(folders).change { book in
            guard let profile = book.added[name] else {
                guard book.isUntouched(name) else { throw ProfileBook.unknown(name) }
                throw Failure(
                    .refused, "The profile \(name.text) comes with the command; there is nothing to remove.",
                    kept: "Nothing was changed.")
            }
            try ProfileAddCommand.checkSignedOut(name, folders, unless: false)
            try ProfileAddCommand.dropSecret(of: profile, name, folders)
            book.added[name] = nil
            if book.current == name, book[name] == nil { book.current = nil }
        }
        surroundings.output.show(
            Report(
                json: .object([("name", .string(name.text)), ("removed", .bool(true))]),
                text: "Removed the profile \(name.text)."),
            asJSON: options.json)
        return .ok
    }
}
