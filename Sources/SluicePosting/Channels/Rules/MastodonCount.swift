/// Length at Mastodon: an address counts 23, a mention `@name@server` counts as `@name`, all else as readers see it.
enum MastodonCount {
    static func count(_ text: String) -> Int {
        var total = 0
        var rest = text[...]
        for address in WebAddresses.ranges(in: text, bareDomains: false) {
            total += withoutServers(rest[..<address.lowerBound]) + TextCount.addressWeight
            rest = rest[address.upperBound...]
        }
        return total + withoutServers(rest)
    }

    private static func withoutServers(_ text: Substring) -> Int {
        var total = 0
        var rest = text
        var previous: Character?
        while let character = rest.first {
            // Within a word an at sign is part of an e-mail address.
            if character == "@", previous.map({ !isName($0) && $0 != "/" }) ?? true {
                let name = rest.dropFirst().prefix(while: isName)
                var server = rest[name.endIndex...]
                if !name.isEmpty, server.first == "@" {
                    server = server.dropFirst().prefix { isName($0) || $0 == "." || $0 == "-" }
                    // A full stop behind the mention ends the sentence.
                    if let last = server.lastIndex(where: isName) {
                        server = server[...last]
                        total += 1 + name.count
                        previous = server.last
                        rest = rest[server.endIndex...]
                        continue
                    }
                }
            }
            total += 1
            previous = character
            rest = rest.dropFirst()
        }
        return total
    }

    private static func isName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
}
