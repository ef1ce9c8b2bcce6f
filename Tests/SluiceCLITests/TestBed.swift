import Foundation
import SluiceServer
import Synchronization
import Testing

@testable import SluiceCLI

/// A temporary folder, and the `sluice` command run in this process against it.
final class TestBed: Sendable {
    /// What one run left.
    struct Run: Sendable {
        let status: Outcome
        let output: String
        let notes: String
        let pauses: [Duration]

        /// The output as one JSON object.
        func json(_ location: SourceLocation = #_sourceLocation) throws -> [String: Any] {
            let object = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
            return try #require(object, "\(output) \(notes)", sourceLocation: location)
        }

        /// The `items` of a list.
        func items(_ location: SourceLocation = #_sourceLocation) throws -> [[String: Any]] {
            try #require(try json(location)["items"] as? [[String: Any]], sourceLocation: location)
        }
    }

    /// The temporary folder.
    let folder: String
    /// The data folder in it; not there yet.
    var data: String { folder + "/data" }

    init() throws {
        folder = NSTemporaryDirectory() + "sluice-cli-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs one command with `--data` set to the bed's folder.
    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async -> Run {
        await run(
            arguments, input: input, environment: environment.merging(["SLUICE_DATA": data]) { given, _ in given })
    }

    /// Runs one command as it is.
    func run(_ arguments: [String], input: String, environment: [String: String]) async -> Run {
        let catcher = Catcher()
        let status = await CommandLineTool.run(
            arguments, in: catcher.surroundings(input: input, environment: environment))
        return catcher.run(status)
    }

    /// Makes an account, and with it the installation.
    @discardableResult
    func makeAccount(_ email: String = "ada@example.com") async throws -> String {
        let run = await run(
            "account", "create", "--email", email, "--name", "Ada", "--password-file", "-", "--json",
            input: "correct horse battery\n")
        #expect(run.status == .ok, "\(run.notes)")
        return try #require(try run.json()["id"] as? String)
    }

    /// Writes a file into the folder.
    func write(_ name: String, _ content: String, mode: Int = 0o600) throws -> String {
        let path = folder + "/" + name
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// The permissions of a path.
    func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
}

/// Catches what a command says.
final class Catcher: Sendable {
    private struct State {
        var output = ""
        var notes = ""
        var log = ""
        var pauses: [Duration] = []
    }

    private let state = Mutex(State())

    /// The world that the command sees: no waiting, no signals, nothing of this process's environment.
    func surroundings(input: String = "", environment: [String: String] = [:]) -> Surroundings {
        Surroundings(
            output: Output { [self] descriptor, text in
                state.withLock { if descriptor == 1 { $0.output += text } else { $0.notes += text } }
            },
            environment: environment, readStandardInput: { limit in Array(Array(input.utf8).prefix(limit + 1)) },
            now: { Date() },
            pause: { [self] duration in state.withLock { $0.pauses.append(duration) } },
            logSink: .init { [self] line in state.withLock { $0.log += String(decoding: line, as: UTF8.self) } },
            bootstrapLogging: { _ in }, trapsSignals: false)
    }

    /// What was written to standard output so far.
    var output: String { state.withLock { $0.output } }

    /// What was logged so far.
    var log: String { state.withLock { $0.log } }

    /// Everything, at the end.
    func run(_ status: Outcome) -> TestBed.Run {
        state.withLock { TestBed.Run(status: status, output: $0.output, notes: $0.notes, pauses: $0.pauses) }
    }
}
