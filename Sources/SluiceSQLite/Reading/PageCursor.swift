import SluiceAuthority

/// Where a page of rows, newest first, starts: behind the row that the page before ended with.
///
/// It names that row by its own values, not by a count, so rows that are added meanwhile shift nothing.
struct PageCursor: Sendable, Equatable {
    /// The row's time.
    let moment: Int64
    /// The row's id, which orders rows of the same millisecond.
    let id: String

    /// Before every row.
    static let start = PageCursor(moment: .max, id: "")

    /// The cursor's text.
    var text: String { "\(moment).\(id)" }

    /// A cursor from its row.
    init(moment: Int64, id: String) {
        self.moment = moment
        self.id = id
    }

    /// A cursor from a request: the start if there is none, `nil` for one that was never given out.
    init?(_ request: SliceRequest) {
        guard let after = request.after else {
            self = .start
            return
        }
        let parts = after.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let moment = Int64(parts[0]), parts[1].utf8.count <= 32 else { return nil }
        self.init(moment: moment, id: String(parts[1]))
    }

    /// The two values for `WHERE (created_at, id) < (?, ?)`.
    var values: [StoredValue] { [.integer(moment), .text(id)] }
}

extension Slice {
    /// A page from one row more than was asked for, which tells whether another page follows.
    init(_ rows: [Element], _ request: SliceRequest, cursor: (Element) -> PageCursor) {
        let page = Array(rows.prefix(request.limit))
        self.init(elements: page, next: rows.count > request.limit ? page.last.map { cursor($0).text } : nil)
    }
}
