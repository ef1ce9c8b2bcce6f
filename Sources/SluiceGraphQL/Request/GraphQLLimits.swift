/// What a request may cost. Each limit is enforced before the cost is paid.
public struct GraphQLLimits: Sendable, Hashable {
    /// How many bytes a document may have.
    public var documentLimitInBytes = 256 << 10
    /// How many tokens a document may have.
    public var tokens = 15_000
    /// How deep selections, values and types may nest in the text.
    public var nesting = 128
    /// How deep fields may nest, fragments followed.
    public var depth = 25
    /// How many aliases a document may have.
    public var aliases = 30
    /// How many directives a document may have.
    public var directives = 50
    /// What an operation may cost: 1 for a field without selections, 2 for one with, times 1.5 for each level.
    public var complexity = 175_000.0
    /// How many comparisons of fields the search for conflicts may make: it is quadratic by nature.
    public var fieldComparisons = 200_000
    /// How many fragments and uses of variables validation looks at, each counted once for every operation that reaches it.
    public var variableUsages = 200_000
    /// How many errors validation reports before it stops.
    public var validationErrors = 100
    /// How many errors of fields an answer lists.
    public var fieldErrors = 1_000
    /// How many documents are kept parsed and validated.
    public var cachedDocuments = 1_000
    /// How many bytes of text these documents may have in all. What is kept of a document is many times its text.
    public var cacheLimitInBytes = 1 << 20
    /// How many fields may be kept ready to run, fragments followed: half a kilobyte each.
    public var cachedFields = 100_000

    /// The limits that Buffer documents, and ours where it documents none.
    public init() {}
}
