/// Finds the addresses in a text that networks shorten.
enum WebAddresses {
    /// Endings that make a word with a point an address without `https://`. X knows all endings there are; these are those that
    /// people write, and a name that is missed counts its letters, which is at most a few more or fewer.
    private static let endings: Set<Substring> = [
        "ai", "app", "biz", "co", "com", "dev", "edu", "gov", "info", "io", "me", "mil", "net", "online", "org", "shop", "site",
        "store", "tech", "tv", "xyz",
    ]

    /// Where the addresses are, in order.
    /// - Parameter bareDomains: Whether `example.com` without a scheme is one.
    static func ranges(in text: String, bareDomains: Bool) -> [Range<String.Index>] {
        // Most texts have none: a quick look at the bytes spares the walk over characters.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ":") || (bareDomains && $0 == UInt8(ascii: ".")) }) else {
            return []
        }
        var found: [Range<String.Index>] = []
        var start = text.startIndex
        while start < text.endIndex {
            guard !isBreak(text[start]) else {
                start = text.index(after: start)
                continue
            }
            let word = text[start...].prefix { !isBreak($0) }
            if let address = address(in: word, bareDomains: bareDomains) { found.append(address) }
            start = word.endIndex
        }
        return found
    }

    private static func address(in word: Substring, bareDomains: Bool) -> Range<String.Index>? {
        if let scheme = scheme(in: word) {
            let address = trimmed(word[scheme.lowerBound...])
            // Nothing behind the scheme is no address.
            return address.endIndex > scheme.upperBound ? address.startIndex..<address.endIndex : nil
        }
        guard bareDomains else { return nil }
        let open = word.drop { "(\"'[".contains($0) }
        let host = open.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
        let domain = trimmed(host)
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last,
            endings.contains(Substring(last.lowercased())), word[host.endIndex...].first != "@"
        else { return nil }
        guard word[domain.endIndex...].first == "/" else { return domain.startIndex..<domain.endIndex }
        let address = trimmed(word[domain.startIndex...])
        return address.startIndex..<address.endIndex
    }

    private static func scheme(in word: Substring) -> Range<String.Index>? {
        var isInside = false
        for start in word.indices {
            let first = word[start]
            // Inside a longer word it is no scheme: `xhttp://`.
            if !isInside, first == "h" || first == "H" {
                for scheme in ["https://", "http://"] where word[start...].prefix(scheme.count).lowercased() == scheme {
                    return start..<word.index(start, offsetBy: scheme.count)
                }
            }
            isInside = first.isLetter || first.isNumber
        }
        return nil
    }

    /// Without what ends the sentence around it, and without a bracket that was opened before it.
    private static func trimmed(_ text: Substring) -> Substring {
        // Neither looked for anew nor cut off (`dropLast` counts from the start) at each of brackets without end.
        let ending = text.contains("(") ? ".,;:!?'\"]}" : ".,;:!?'\"]})"
        guard let last = text.lastIndex(where: { !ending.contains($0) }) else { return text.prefix(0) }
        return text[...last]
    }

    private static func isBreak(_ character: Character) -> Bool { character.isWhitespace || character == "<" || character == ">" }
}
