import Foundation
import SluiceGraphQL

/// The engine as a program, which tests and benchmarks hold against other implementations.
///
///     GraphQLProbe SDL-FILE                          answers requests, one in a line
///     GraphQLProbe fuzz SDL-FILE --seed N --count N  looks for a crash, a hang, a leak (--from N: from that case on)
///     GraphQLProbe bench SDL-FILE                    times documents, one in a line
@main
enum GraphQLProbe {
    static func main() async {
        let arguments = Arguments(CommandLine.arguments.dropFirst())
        do {
            switch arguments.mode {
            case .answer: try await Answering(sdl: arguments.sdl()).run()
            case .fuzz:
                try await Fuzzing(
                    sdl: arguments.sdl(), seed: arguments.number("seed", or: 1),
                    count: arguments.number("count", or: 20_000), start: arguments.number("from", or: 0)
                ).run()
            case .bench: try Timing(sdl: arguments.sdl(), seconds: arguments.number("seconds", or: 1)).run()
            }
        } catch {
            FileHandle.standardError.write(Data("GraphQLProbe: \(error)\n".utf8))
            exit(2)
        }
    }
}
