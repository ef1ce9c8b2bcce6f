/// One page of a list that is known as a whole (S129).
struct ListPage<Element> {
    /// How many entries one page shows.
    static var size: Int { 50 }

    let elements: [Element]
    /// The cursor that shows the next page; `nil` on the last one.
    let next: String?

    /// - Parameters:
    ///   - cursor: What a page before called `next`. If its entry is gone by now, the list starts over.
    ///   - name: Names an entry; different for each.
    init(_ all: [Element], after cursor: String?, name: (Element) -> String) {
        let start = cursor.flatMap { cursor in all.firstIndex { name($0) == cursor } }.map { $0 + 1 } ?? 0
        elements = Array(all[start...].prefix(Self.size))
        next = start + elements.count < all.count ? elements.last.map(name) : nil
    }

    /// The query, without `?`, that shows the next page; `nil` on the last one.
    func nextQuery(_ parameter: String) -> String? { next.map { "\(parameter)=\(PercentEncoding.queryValue($0))" } }
}
