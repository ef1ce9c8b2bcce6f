/// Why a schema could not be made: everything that is wrong with it, not only the first thing.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// One sentence for each problem.
    public let problems: [String]

    /// All problems, one on each line.
    public var description: String { problems.joined(separator: "\n") }
}
