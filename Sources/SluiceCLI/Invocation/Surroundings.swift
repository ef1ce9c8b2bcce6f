import Foundation
import Logging
import SluiceServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a command takes from the world, so that tests can hand it something else.
struct Surroundings: Sendable {
    /// Where results and notes go.
    var output: Output
    /// The environment variables.
    var environment: [String: String]
    /// Reads standard input to its end, or to the given number of bytes.
    var readStandardInput: @Sendable (_ limitInBytes: Int) throws -> [UInt8]
    /// The clock.
    var now: @Sendable () -> Date
    /// Waits.
    var pause: @Sendable (Duration) async throws -> Void
    /// Where log lines go.
    var logSink: LogSink
    /// Makes `handler` the process's; a process can do that once, so tests do not.
    var bootstrapLogging: @Sendable (_ handler: @escaping @Sendable (String) -> any LogHandler) -> Void
    /// Ends `serve` when SIGTERM or SIGINT comes.
    var trapsSignals: Bool
    /// What the commands that talk to a server need besides.
    var network = NetworkSurroundings.process
    /// The umask that this process was started with: what a program of the caller's is run with.
    var callersUmask: mode_t = 0o022

    /// The real world.
    static let process = Surroundings(
        output: .process, environment: ProcessInfo.processInfo.environment,
        readStandardInput: { limit in try StandardInput.read(limitInBytes: limit) }, now: { Date() },
        pause: { try await Task.sleep(for: $0) }, logSink: .standardError,
        bootstrapLogging: { handler in LoggingSystem.bootstrap { handler($0) } }, trapsSignals: true)
}

/// Standard input, read without a buffer that would keep a secret alive elsewhere.
enum StandardInput {
    /// Everything up to the end, or the first `limitInBytes + 1` bytes, which tells the caller that there was more.
    static func read(limitInBytes: Int) throws -> [UInt8] {
        try FileContent.read(descriptor: 0, limitInBytes: limitInBytes)
    }
}
