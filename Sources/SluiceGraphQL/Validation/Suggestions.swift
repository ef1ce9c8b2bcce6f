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
        let wanted = Array(input.utf16)
        let threshold = Int(Double(wanted.count) * 0.4) + 1
        var lowered: [UInt16]?
        var found: [(option: String, distance: Int)] = []
        for option in options {
            let candidate = Array(option.utf16)
            // Looked at first, so that a huge name costs nothing.
            guard abs(candidate.count - wanted.count) <= threshold else { continue }
            if candidate == wanted {
                found.append((option, 0))
                continue
            }
            let a = lowered ?? Array(input.lowercased().utf16)
            lowered = a
            if let distance = distance(a, Array(option.lowercased().utf16), threshold) { found.append((option, distance)) }
        }
        return found.sorted {
            $0.distance != $1.distance ? $0.distance < $1.distance : precedes($0.option, $1.option)
        }.map(\.option)
    }

    /// Edits between two words in lower case, transpositions included; `nil` beyond the threshold. A mere difference in case
    /// counts as one.
    private static func distance(_ a: [UInt16], _ b: [UInt16], _ threshold: Int) -> Int? {
        if a == b { return 1 }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1] + [Int](repeating: 0, count: b.count)
            for j in b.indices {
                let cost = a[i] == b[j] ? 0 : 1
                row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + cost)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], before[j - 1] + 1) }
            }
            if let smallest = row.min(), smallest > threshold { return nil }
            before = last
            last = row
        }
        return last[b.count] <= threshold ? last[b.count] : nil
    }

    /// Whether `a` comes before `b` in the order in which people count: `item2` before `item10`.
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            guard a[i].isDigit, b[j].isDigit else {
                if a[i] != b[j] { return a[i] < b[j] }
                i += 1
                j += 1
                continue
            }
            let (one, other) = (number(in: a, at: &i), number(in: b, at: &j))
            if one.count != other.count { return one.count < other.count }
            if one != other { return one.lexicographicallyPrecedes(other) }
        }
        return a.count - i < b.count - j
    }

    /// The digits from a place on, leading zeros left out.
    private static func number(in text: [UInt8], at index: inout Int) -> ArraySlice<UInt8> {
        let start = index
        while index < text.count, text[index].isDigit { index += 1 }
        return text[start..<index].drop { $0 == UInt8(ascii: "0") }
    }
}
