import HTTPTypes

/// In which of its two types a GraphQL answer is sent.
///
/// Clients from before the newer type are answered `application/json`, and so is everybody who does not ask for the newer one by name: that
/// is what Buffer sends. Whoever accepts neither is answered all the same, since a 406 would say less than the answer does.
/// - Source: GraphQL over HTTP, working draft, "Media Types" and "Accept"; RFC 9110 §12.5.1.
package enum GraphQLMediaType: String, Sendable {
    case json = "application/json; charset=utf-8"
    case response = "application/graphql-response+json; charset=utf-8"

    /// The type that the `Accept` fields of a request prefer.
    init(_ headers: HTTPFields) {
        guard headers.contains(.accept) else {
            self = .json
            return
        }
        self.init(accept: headers[values: .accept])
    }

    /// The type that `Accept` fields prefer.
    init(accept fields: [String]) {
        // Of each type: its quality, how exactly a range names it, and where that range stands.
        var json = Preference()
        var response = Preference()
        var place = 0
        for range in fields.lazy.flatMap({ $0.utf8.split(separator: UInt8(ascii: ",")) }) {
            place += 1
            guard let (type, quality) = Self.read(range) else { continue }
            switch type {
            case "application/graphql-response+json": response.note(quality, exactness: 3, place)
            case "application/json": json.note(quality, exactness: 3, place)
            case "application/*": json.note(quality, exactness: 2, place)
            case "*/*": json.note(quality, exactness: 1, place)
            default: continue
            }
        }
        self = response.isBetter(than: json) ? .response : .json
    }

    private struct Preference {
        var quality = 0
        var exactness = 0
        var place = Int.max

        /// The most exact range that fits a type says its quality.
        mutating func note(_ quality: Int, exactness: Int, _ place: Int) {
            guard exactness > self.exactness else { return }
            self = Preference(quality: quality, exactness: exactness, place: place)
        }

        func isBetter(than other: Preference) -> Bool {
            guard quality > 0 else { return false }
            if quality != other.quality { return quality > other.quality }
            // Wanted alike: a named type before one that a wildcard lets in, then the one that comes first.
            return exactness == other.exactness ? place < other.place : exactness > other.exactness
        }
    }

    /// A media range in lower case and its quality in thousandths; `nil` for a quality that is none.
    private static func read(_ range: Substring.UTF8View) -> (type: String, quality: Int)? {
        let parts = range.split(separator: UInt8(ascii: ";")).map { part in
            String(decoding: part.lazy.filter { $0 != 0x20 && $0 != 0x09 }.map(\.lowercasedASCII), as: UTF8.self)
        }
        guard let type = parts.first else { return nil }
        guard let weight = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) else { return (type, 1_000) }
        return quality(weight.dropFirst(2)).map { (type, $0) }
    }

    /// - Source: RFC 9110 §12.4.2: `0` or `1` with up to three digits behind the point.
    private static func quality(_ text: Substring) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let fraction = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count))
        else { return nil }
        switch String(decoding: parts[0], as: UTF8.self) {
        case "0": return fraction
        case "1": return fraction == 0 ? 1_000 : nil
        default: return nil
        }
    }
}
