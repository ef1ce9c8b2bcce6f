/// Numbers in the digits `0-9 A-Z a-z`: what one double-click selects and no URL, shell or form needs to quote.
enum Base62 {
    private static let digits: [UInt8] = Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A)

    /// The big-endian number `bytes` as exactly `width` digits.
    /// - Precondition: the number fits; 43 digits hold 32 bytes, 6 digits hold 4.
    static func encode(_ bytes: [UInt8], width: Int) -> [UInt8] {
        var number = bytes
        var output = [UInt8](repeating: digits[0], count: width)
        for position in stride(from: width - 1, through: 0, by: -1) {
            var remainder = 0
            for index in number.indices {
                let part = remainder << 8 | Int(number[index])
                number[index] = UInt8(truncatingIfNeeded: part / 62)
                remainder = part % 62
            }
            output[position] = digits[remainder]
        }
        precondition(number.allSatisfy { $0 == 0 }, "the number needs more digits")
        return output
    }

    /// A 32-bit number as 6 digits.
    static func encode(_ number: UInt32) -> [UInt8] {
        var rest = Int(number)
        var output = [UInt8](repeating: 0, count: 6)
        for position in stride(from: 5, through: 0, by: -1) {
            output[position] = digits[rest % 62]
            rest /= 62
        }
        return output
    }
}
