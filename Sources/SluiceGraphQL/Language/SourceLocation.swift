/// Where something stands in a document's text. Both numbers start at 1; a column counts Unicode code points.
/// - Source: GraphQL October 2021 §7.1.2.
public struct SourceLocation: Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// The column in code points, from 1.
    public let column: Int

    /// A location from its two numbers.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
