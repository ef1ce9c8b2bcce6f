import Foundation

/// Length at X: a sum of weights over the composed text. The ranges that count one are those of its published configuration,
/// version 3; everything else counts two, an emoji of many parts included.
enum WeightedCount {
    static func count(_ text: String) -> Int {
        let text = text.precomposedStringWithCanonicalMapping
        var total = 0
        var rest = text[...]
        for address in WebAddresses.ranges(in: text, bareDomains: true) {
            total += weight(of: rest[..<address.lowerBound]) + TextCount.addressWeight
            rest = rest[address.upperBound...]
        }
        return total + weight(of: rest)
    }

    private static func weight(of text: Substring) -> Int {
        text.reduce(0) { total, character in
            total + (character.isEmoji ? 2 : character.unicodeScalars.reduce(0) { $0 + (isLight($1) ? 1 : 2) })
        }
    }

    private static func isLight(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...4_351, 8_192...8_205, 8_208...8_223, 8_242...8_247: true
        default: false
        }
    }
}
