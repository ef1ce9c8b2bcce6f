import ArgumentParser

/// `sluice profile use`.
struct ProfileUseCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Choose the profile that is used when none is named.",
        discussion: "SLUICE_PROFILE goes before it, and --profile before both.")

    @Argument(help: ArgumentHelp("Which one.", valueName: "name"))
    var name: ProfileName
    @OptionGroup var options: JSONOption

    var wantsJSON: Bool { options.json }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let folders = try ClientFolders(environment: surroundings.environment)
        let changed = try await ProfileFile(folders).change { book in
            guard book[name] != nil else { throw ProfileBook.unknown(name) }
            defer { book.current = name }
            return book.current != name
        }
        if surroundings.environment[ProfileBook.variable].map({ !$0.isEmpty && $0 != name.text }) == true {
            surroundings.output.note("\(ProfileBook.variable) is set in this shell, and goes before it.")
        }
        surroundings.output.show(
            Report(
                json: .object([("name", .string(name.text)), ("changed", .bool(changed))]),
                text: "The profile \(name.text) is used from now on when none is named."),
            asJSON: options.json)
        return .ok
    }
}
