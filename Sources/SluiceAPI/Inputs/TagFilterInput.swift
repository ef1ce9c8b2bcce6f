import SluicePosting

extension TagFilter {
    /// A `TagComparator`.
    init(_ input: InputObject) throws(PostingError) {
        self.init(any: try input.ids("in", of: "Tag", atMost: Self.tagLimit) ?? [], orNone: input.bool("isEmpty") ?? false)
    }
}
