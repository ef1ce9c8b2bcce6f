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
        umask(0o077)
        let status = await run(Array(CommandLine.arguments.dropFirst()), in: .process)
        exit(status.rawValue)
    }

    /// Runs one command.
    static func run(_ arguments: [String], in surroundings: Surroundings) async -> Outcome {
        do {
            var parsed = try RootCommand.parseAsRoot(arguments)
            guard let command = parsed as? any Command else {
                // A group without its command, or `help`: answers with its help text.
                try parsed.run()
                return .ok
            }
            do {
                return try await command.perform(in: surroundings)
            } catch {
                return report(Failure(error), asJSON: command.wantsJSON, surroundings.output)
            }
        } catch {
            // Help, version and completion scripts come as errors that are none.
            let code = RootCommand.exitCode(for: error)
            let text = RootCommand.fullMessage(for: error)
            if code.isSuccess { surroundings.output.line(text) } else { surroundings.output.note(text) }
            return Outcome(rawValue: code.rawValue) ?? .failed
        }
    }

    private static func report(_ failure: Failure, asJSON: Bool, _ output: Output) -> Outcome {
        output.note(asJSON ? failure.json.text : "sluice: \(failure.paragraph)")
        return failure.status
    }
}
