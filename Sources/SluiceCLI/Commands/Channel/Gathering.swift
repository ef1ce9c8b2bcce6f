import SluicePosting

/// As many rows as a command was asked for, which may be more than a page of the store holds.
struct Gathering<Element: Sendable>: Sendable {
    /// The rows, in order.
    let elements: [Element]
    /// What `--after` takes for what follows; `nil` if nothing does.
    let next: String?

    /// Reads page after page.
    /// - Parameter limit: At most this many rows.
    init(
        limit: Int, after: String?, _ read: (PageRequest) async throws -> SluicePosting.Page<Element>
    ) async throws {
        var elements: [Element] = []
        var cursor = after
        var hasNext = true
        while elements.count < limit, hasNext {
            let page = try await read(PageRequest(limit: limit - elements.count, after: cursor))
            elements += page.elements
            cursor = page.entries.last?.cursor ?? cursor
            hasNext = page.hasNext && !page.entries.isEmpty
        }
        self.elements = elements
        next = hasNext ? cursor : nil
    }
}
