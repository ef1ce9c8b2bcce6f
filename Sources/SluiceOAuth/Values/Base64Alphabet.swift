/// The two alphabets of RFC 4648 with their tables, and the strict coding that both share.
struct Base64Alphabet: Sendable {
    /// `A-Z a-z 0-9 - _`. - Source: RFC 4648 §5.
    static let url = Base64Alphabet(last: [0x2D, 0x5F])
    /// `A-Z a-z 0-9 + /`. - Source: RFC 4648 §4.
    static let standard = Base64Alphabet(last: [0x2B, 0x2F])

    private let digits: [UInt8]
    private let values: [UInt8]
    private static let notADigit: UInt8 = 0xFF

    private init(last: [UInt8]) {
        digits = Array(0x41...0x5A) + Array(0x61...0x7A) + Array(0x30...0x39) + last
        var values = [UInt8](repeating: Self.notADigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
    }

    /// Appends the digits of `bytes` to `output`, without padding.
    func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + (bytes.count * 4 + 2) / 3)
        var index = 0
        while index + 2 < bytes.count {
            let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
            output.append(digits[Int(group >> 18)])
            output.append(digits[Int(group >> 12 & 63)])
            output.append(digits[Int(group >> 6 & 63)])
            output.append(digits[Int(group & 63)])
            index += 3
        }
        switch bytes.count - index {
        case 1:
            let group = UInt32(bytes[index]) << 16
            output.append(digits[Int(group >> 18)])
            output.append(digits[Int(group >> 12 & 63)])
        case 2:
            let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8
            output.append(digits[Int(group >> 18)])
            output.append(digits[Int(group >> 12 & 63)])
            output.append(digits[Int(group >> 6 & 63)])
        default:
            break
        }
    }

    /// The bytes that `text` encodes. `nil` for a foreign character, padding, an impossible length, or unused bits that are
    /// not zero: with those, several texts would mean the same bytes, and a changed token could still pass.
    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(text.count * 3 / 4)
        var group: UInt32 = 0
        var bits = 0
        for byte in text {
            let value = values[Int(byte)]
            guard value != Self.notADigit else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
        }
        let unused = group & ((1 << UInt32(bits)) - 1)
        return unused == 0 ? output : nil
    }
}
