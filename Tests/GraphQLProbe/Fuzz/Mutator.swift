/// Spoils bytes: of documents, and of the JSON around them.
struct Mutator {
    private static let snippets: [[UInt8]] = [
        "{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "...", "\"", "\"\"\"", "\\", "\\u", "\\u{", "\\ud83d", "#", "null",
        "on", "fragment F on Query{...F}",
        "query", "{a{a{a{a{a{a{a{a{", "[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "__typename", "__schema{types{name}}", "0", "-",
        "1e99999", ".5", "\u{FEFF}", "\r\n", "é", "😀",
        "\u{0}", "\u{7F}", "&", "|", "=", "extend type Query{x:Int}", "subscription{x}", "\"query\":", "\"variables\":", ",",
        "@skip(if:$a)", "$a:Int", "...F0",
    ].map { Array($0.utf8) }

    static func spoil(_ bytes: [UInt8], with other: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.pick([1, 1, 2, 3, 8]) {
            let place = random.below(bytes.count + 1)
            switch random.below(9) {
            case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
            case 2: bytes.insert(contentsOf: random.pick(snippets), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.below(16)))
            case 4: bytes.removeSubrange(place...)
            case 5:
                let end = min(bytes.count, place + random.below(40))
                bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
            case 6:
                // Many times over: what is fine once may not be a thousand times.
                let end = min(bytes.count, place + 1 + random.below(12))
                let slice = Array(bytes[place..<end])
                let times = random.chance(3) ? 2_000 : random.below(30)
                bytes.insert(contentsOf: (0..<times).flatMap { _ in slice }, at: place)
            case 7:
                let from = random.below(other.count + 1)
                bytes.replaceSubrange(place..., with: other[from...])
            default: bytes.insert(contentsOf: random.pick(snippets), at: place)
            }
            if bytes.count > 1 << 16 { bytes.removeSubrange((1 << 16)...) }
        }
        return bytes
    }
}
