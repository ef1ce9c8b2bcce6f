/// Which part of a list is wanted.
public struct PageRequest: Sendable, Equatable {
    /// How many elements at most: 1 to 100.
    public let limit: Int
    /// The cursor behind which to go on; `nil` for the beginning.
    public let after: String?

    /// A request for `limit` elements; the bounds are 1 and 100.
    public init(limit: Int = 20, after: String? = nil) {
        self.limit = min(max(limit, 1), 100)
        self.after = after
    }
}

/// A part of a list. Each element has a cursor of its own, made of the values that order it, so that elements that are added or
/// removed meanwhile shift nothing.
public struct Page<Element: Sendable>: Sendable {
    /// An element and where it stands.
    public struct Entry: Sendable {
        /// The element.
        public let element: Element
        /// Where it stands: opaque to clients.
        public let cursor: String

        /// An entry.
        public init(element: Element, cursor: String) {
            self.element = element
            self.cursor = cursor
        }
    }

    /// The elements in order.
    public let entries: [Entry]
    /// Whether more follow.
    public let hasNext: Bool
    /// How many there are in all, where that was asked for.
    public let total: Int?

    /// A page.
    public init(entries: [Entry], hasNext: Bool, total: Int? = nil) {
        self.entries = entries
        self.hasNext = hasNext
        self.total = total
    }

    /// The elements without their cursors.
    public var elements: [Element] { entries.map(\.element) }
}
