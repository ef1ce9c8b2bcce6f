/// Finds what somebody may have meant, and says so as graphql-js does: tools and tests of clients compare these texts.
enum Suggestions {
    private static let maximum = 5

    /// `Did you mean "a" or "b"?` with a blank before it, or nothing.
    /// - Parameter kind: What is suggested, where the message does not say it yet.
    static func didYouMean(the kind: String? = nil, _ options: [String]) -> String {
        guard !options.isEmpty else { return "" }
        return " Did you mean \(kind.map { $0 + " " } ?? "")\(list(options.map { "\"\($0)\"" }))?"
    }

    private static func list(_ items: [String]) -> String {
        let shown = items.prefix(maximum)
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        if shown.count == 2 { return shown.joined(separator: " or ") }
        return shown.dropLast().joined(separator: ", ") + ", or " + last
    }

    /// The options near to `input`, the nearest first.
    static func matching(_ input: String, in options: [String]) -> [String] {
        let wanted = Array(input.utf8)
        let threshold = Int(Double(wanted.count) * 0.4) + 1
        var found: [(option: String, distance: Int)] = []
        for option in options {
            if let distance = distance(wanted, Array(option.utf8), threshold) { found.append((option, distance)) }
        }
        return found.sorted { ($0.distance, $0.option) < ($1.distance, $1.option) }.map(\.option)
    }

    /// Edits between two words, transpositions included, a mere difference in case counting as one; `nil` beyond the
    /// threshold, which is looked at first so that a huge name costs nothing.
    private static func distance(_ first: [UInt8], _ second: [UInt8], _ threshold: Int) -> Int? {
        if first == second { return 0 }
        let a = first.map(lowercase)
        let b = second.map(lowercase)
        if a == b { return 1 }
        guard abs(a.count - b.count) <= threshold else { return nil }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in 1...max(a.count, 1) where i <= a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...max(b.count, 1) where j <= b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
            }
            if let smallest = row.min(), smallest > threshold { return nil }
            before = last
            last = row
        }
        return last[b.count] <= threshold ? last[b.count] : nil
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
