/// Rows under headings, aligned for people.
struct Table {
    private let headings: [String]
    private var rows: [[String]] = []

    init(_ headings: [String]) { self.headings = headings }

    /// Adds a row; an absent value is a dash.
    mutating func add(_ cells: [String?]) { rows.append(cells.map { $0.map(Printable.line) ?? "–" }) }

    /// The table; without rows, the sentence that says so.
    func text(empty: String) -> String {
        guard !rows.isEmpty else { return empty }
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].count }.max() ?? 0
        }
        return ([headings] + rows).map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            // Copied lines carry no blanks at their end.
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
