import SluicePosting

/// An order of posts, as SQL and as cursors.
///
/// A key that is named again later decides nothing, so at most two are left, and the id behind them in the direction of the last.
struct PostOrder: Sendable, Equatable {
    private let keys: [PostQuery.Sort]
    // A plus sign keeps SQLite from walking the index of this order where few rows match and another index finds them.
    private let sign: String

    /// - Parameter isSelective: Whether the filters leave few posts, so that finding comes before ordering.
    init(_ sort: [PostQuery.Sort], isSelective: Bool) {
        var keys: [PostQuery.Sort] = []
        for key in sort where !keys.contains(where: { $0.key == key.key }) { keys.append(key) }
        self.keys = keys
        sign = isSelective ? "+" : ""
    }

    /// How many values a cursor has beside the id.
    var valueCount: Int { keys.count }

    /// Marks cursors of this order.
    var mark: String { "posts:" + keys.map { "\($0.key.rawValue)\($0.isAscending ? "+" : "-")" }.joined(separator: ",") }

    /// What follows `ORDER BY`.
    var clause: String {
        (keys.map { "\(expression($0)) \($0.isAscending ? "ASC" : "DESC")" } + ["p.id \(isLastAscending ? "ASC" : "DESC")"])
            .joined(separator: ", ")
    }

    /// The condition for what comes behind a place whose values are bound from the parameter `first` on, its id last.
    func condition(from first: Int) -> String {
        var condition = "p.id \(isLastAscending ? ">" : "<") ?\(first + keys.count)"
        for (index, key) in keys.enumerated().reversed() {
            let (column, value) = (expression(key), "?\(first + index)")
            condition = "(\(column) \(key.isAscending ? ">" : "<") \(value) OR (\(column) = \(value) AND \(condition)))"
        }
        // Says nothing new, but is a range of an index, which the alternatives above are not.
        guard let key = keys.first else { return condition }
        return "\(expression(key)) \(key.isAscending ? ">=" : "<=") ?\(first) AND \(condition)"
    }

    /// Where a post stands in this order.
    func standing(_ post: Post) -> Standing {
        Standing(
            order: mark,
            values: keys.map { key in
                switch key.key {
                case .createdAt: post.createdAt.milliseconds
                case .dueAt: post.dueAt?.milliseconds ?? (key.isAscending ? Standing.bound : -Standing.bound)
                }
            }, id: post.id.text)
    }

    private var isLastAscending: Bool { keys.last?.isAscending ?? false }

    // Posts without a time come last whichever way, as if theirs were beyond all others. The numbers are those of the indexes.
    private func expression(_ key: PostQuery.Sort) -> String {
        switch key.key {
        case .createdAt: "\(sign)p.created_at"
        case .dueAt: "\(sign)coalesce(p.due_at, \(key.isAscending ? "" : "-")9007199254740991)"
        }
    }
}
