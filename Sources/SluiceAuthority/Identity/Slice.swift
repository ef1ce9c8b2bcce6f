/// One page of a list, newest first.
public struct Slice<Element: Sendable>: Sendable {
    /// The rows of this page.
    public let elements: [Element]
    /// Where the next page starts; `nil` on the last one.
    public let next: String?

    /// A page.
    public init(elements: [Element], next: String?) {
        self.elements = elements
        self.next = next
    }
}

/// Which page of a list is wanted.
public struct SliceRequest: Sendable, Equatable {
    /// How many rows at most: 1 to 200.
    public let limit: Int
    /// The `next` of the page before; `nil` for the first page.
    public let after: String?

    /// A page request; the limit is brought into 1 to 200.
    public init(limit: Int = 50, after: String? = nil) {
        self.limit = min(max(limit, 1), 200)
        self.after = after
    }
}
