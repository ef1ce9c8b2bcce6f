import Foundation

/// What must hold for texts that people typed, before any rule of a service.
extension String {
    /// Whether it has more than `limit` characters: code points, and no more than four times as many bytes.
    func isLonger(than limit: Int) -> Bool {
        // Bytes first: counting the characters of an endless text takes as long as it is.
        utf8.count > limit && (utf8.count > 4 * limit || unicodeScalars.count > limit)
    }

    /// Whether more than a hundred marks stand on one letter. To compare or compose such a text takes the square of their number.
    var hasEndlessMarks: Bool {
        var marks = 0
        return unicodeScalars.contains { scalar in
            marks = scalar.value >= 0x300 && scalar.properties.isGraphemeExtend ? marks + 1 : 0
            return marks > 100
        }
    }

    /// Whether there is nothing to read.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// Without the blanks around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Whether it is one line of 1 to `limit` characters with something to see, and without control or text-direction characters,
    /// which could make a page lie.
    func isLine(atMost limit: Int) -> Bool {
        !isLonger(than: limit) && unicodeScalars.allSatisfy(\.isPrintable)
            && unicodeScalars.contains { !$0.properties.isDefaultIgnorableCodePoint && !$0.properties.isWhitespace }
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }
}
