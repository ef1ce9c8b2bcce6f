import ArgumentParser
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The `sluice` command: parses arguments, runs one command, says how it went.
package enum CommandLineTool {
    /// Runs the command that this process was started with, and ends the process.
    package static func main() async -> Never {
        // Whatever a command makes is its user's alone, also where another room or a library makes it, and also under a umask that
        // would take the user's own rights away.
        var surroundings = Surroundings.process
        surroundings.callersUmask = umask(0o077)
        exit(await exitStatus(Array(CommandLine.arguments.dropFirst()), in: surroundings))
    }

    /// Runs one command that has an outcome of its own.
    static func run(_ arguments: [String], in surroundings: Surroundings) async -> Outcome {
        Outcome(rawValue: await exitStatus(arguments, in: surroundings)) ?? .failed
    }

    /// Runs one command.
    static func exitStatus(_ arguments: [String], in surroundings: Surroundings) async -> Int32 {
        do {
            var parsed = try RootCommand.parseAsRoot(arguments)
            guard let command = parsed as? any Command else {
                // A group without its command, or `help`: answers with its help text.
                try parsed.run()
                return Outcome.ok.rawValue
            }
            do {
                return try await command.exitStatus(in: surroundings)
            } catch {
                return report(Failure(error), asJSON: command.wantsJSON, surroundings.output).rawValue
            }
        } catch {
            // Help, version and completion scripts come as errors that are none.
            let code = RootCommand.exitCode(for: error)
            let text = RootCommand.fullMessage(for: error)
            if code.isSuccess { surroundings.output.line(text) } else { surroundings.output.note(text) }
            return code.rawValue
        }
    }

    private static func report(_ failure: Failure, asJSON: Bool, _ output: Output) -> Outcome {
        output.note(asJSON ? failure.json.text : "sluice: \(failure.paragraph)")
        return failure.status
    }
}
