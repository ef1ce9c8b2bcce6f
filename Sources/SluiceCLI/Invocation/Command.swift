import ArgumentParser

/// A command that does something, as opposed to a group such as `account`.
///
/// It is run with its surroundings instead of through ArgumentParser's `run()`, so that tests run the very same code in their own process.
protocol Command: ParsableCommand {
    /// Whether results and errors are JSON.
    var wantsJSON: Bool { get }

    /// Does it.
    /// - Throws: `Failure`, or an error of the rooms below that `Failure` knows how to explain.
    func perform(in surroundings: Surroundings) async throws -> Outcome

    /// Does it, and says what the process ends with: that of the outcome, unless the command runs another one in its place.
    func exitStatus(in surroundings: Surroundings) async throws -> Int32
}

extension Command {
    func exitStatus(in surroundings: Surroundings) async throws -> Int32 { try await perform(in: surroundings).rawValue }
}

/// A command that works on a data folder.
protocol DataCommand: Command {
    /// The flags that all of them share.
    var common: CommonOptions { get }
}

extension DataCommand {
    var wantsJSON: Bool { common.json }
}
