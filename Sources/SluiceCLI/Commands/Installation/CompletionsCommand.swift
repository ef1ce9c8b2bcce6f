import ArgumentParser

/// `sluice completions`: where a completion script goes. The script itself is ArgumentParser's.
struct CompletionsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Say how to switch on completion of commands and flags in your shell.")

    @Argument(
        help: ArgumentHelp("bash, zsh or fish; all three if left out.", valueName: "shell"),
        completion: .list(["bash", "zsh", "fish"]))
    var shell: String?

    @Flag(help: "Answer as one line of JSON.")
    var json = false

    var wantsJSON: Bool { json }

    private static let lines = [
        ("bash", "sluice --generate-completion-script bash > ~/.local/share/bash-completion/completions/sluice"),
        ("zsh", "sluice --generate-completion-script zsh > ~/.zsh/completions/_sluice   # a folder of your $fpath"),
        ("fish", "sluice --generate-completion-script fish > ~/.config/fish/completions/sluice.fish"),
    ]

    func validate() throws {
        guard let shell else { return }
        guard Self.lines.contains(where: { $0.0 == shell }) else {
            throw ValidationError("The shell is bash, zsh or fish.")
        }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let lines = Self.lines.filter { shell == nil || $0.0 == shell }
        surroundings.output.show(
            Report(
                json: .object(lines.map { ($0.0, .string($0.1)) }),
                text: "Write the script where your shell looks for it, then open a new shell:\n\n"
                    + lines.map { "  \($0.1)" }.joined(separator: "\n")),
            asJSON: json)
        return .ok
    }
}
