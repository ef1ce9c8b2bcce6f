import SluiceOAuth
import SluicePosting

/// Where an element of an ordered list stands: the values that order it. As text it is the element's cursor.
///
/// It names no count, so elements that are added or removed meanwhile shift nothing; the element itself may be gone.
struct Standing: Sendable, Equatable {
    /// The greatest number a cursor may hold, and, negated, the least.
    static let bound: Int64 = 9_007_199_254_740_991
    private static let lengthLimit = 200

    /// Marks the list and its order: a cursor for another one means nothing here.
    let order: String
    /// The values of its sort keys.
    let values: [Int64]
    /// The element's id, which breaks ties.
    let id: String

    /// A place from its values.
    init(order: String, values: [Int64], id: String) {
        self.order = order
        self.values = values
        self.id = id
    }

    /// A place from a cursor.
    /// - Throws: `PostingError.unknownCursor` for one that this order never gave out: an empty page would look like the end.
    init(_ cursor: String, order: String, valueCount: Int) throws(PostingError) {
        guard cursor.utf8.count <= Self.lengthLimit, let bytes = Base64URL.decode(cursor) else {
            throw .unknownCursor
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == valueCount + 2, let mark = parts.first, mark == order,
            let last = parts.last, let id = EntityID<Post>(last)
        else { throw .unknownCursor }
        let values = parts.dropFirst().dropLast().compactMap { Int64($0) }
        guard values.count == valueCount, values.allSatisfy({ (-Self.bound...Self.bound).contains($0) }) else {
            throw .unknownCursor
        }
        self.init(order: order, values: values, id: id.text)
    }

    /// The cursor.
    var cursor: String {
        Base64URL.encode(([order] + values.map { String($0) } + [id]).joined(separator: ".").utf8)
    }
}

// Lists whose one order is newest first.
extension Standing {
    /// Where an element of such a list stands.
    init(newestFirst order: String, moment: Int64, id: String) { self.init(order: order, values: [moment], id: id) }

    /// Where a page of such a list begins.
    init(newestFirst order: String, _ request: PageRequest) throws(PostingError) {
        guard let after = request.after else {
            self.init(order: order, values: [Self.bound], id: "")
            return
        }
        try self.init(after, order: order, valueCount: 1)
    }

    /// The values for `(moment, id) < (?, ?)`.
    var bindings: [StoredValue] { values.map { .integer($0) } + [.text(id)] }
}

extension Page {
    /// A page from one row more than was asked for, which tells whether another page follows.
    init(_ rows: [Element], _ request: PageRequest, total: Int? = nil, standing: (Element) -> Standing) {
        self.init(
            entries: rows.prefix(request.limit).map { Entry(element: $0, cursor: standing($0).cursor) },
            hasNext: rows.count > request.limit, total: total)
    }
}
