import SluicePosting

extension TagFilter {
    /// How many tags a filter may name.
    static let tagLimit = 200

    /// A `TagComparator`.
    init(_ input: InputObject) throws(PostingError) {
        self.init(any: try input.ids("in", of: "Tag", atMost: Self.tagLimit) ?? [], orNone: input.bool("isEmpty") ?? false)
    }
}
