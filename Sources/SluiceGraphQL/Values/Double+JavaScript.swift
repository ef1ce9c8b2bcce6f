extension Double {
    /// The shortest text that reads back as the same number, in the notation that JavaScript chooses: with an exponent only
    /// from 1e21 on and below 1e-6.
    /// - Source: ECMA-262, Number::toString.
    var javaScriptDescription: [UInt8] {
        // Swift finds the same digits, and differs in where it puts the point.
        var digits: [UInt8] = []
        var point = 0
        var exponent = 0
        var isFraction = false
        let text = Array(magnitude.description.utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if byte | 0x20 == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            } else {
                digits.append(byte)
                if !isFraction { point += 1 }
            }
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(min(zeros, digits.count - 1))
        point += exponent - zeros
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let sign: [UInt8] = self < 0 ? [UInt8(ascii: "-")] : []
        return sign + Self.layOut(digits, point: point)
    }

    /// - Parameter point: How many of the digits stand before the decimal point; beyond their count and below zero, zeros do.
    private static func layOut(_ digits: [UInt8], point: Int) -> [UInt8] {
        func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "0"), count: count) }
        switch point {
        case ...(-6), 22...:
            let fraction = digits.count > 1 ? [UInt8(ascii: ".")] + digits[1...] : []
            return digits[..<1] + fraction + Array("e\(point > 0 ? "+" : "-")\((point - 1).magnitude)".utf8)
        case ...0: return Array("0.".utf8) + zeros(-point) + digits
        case digits.count...: return digits + zeros(point - digits.count)
        default: return digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
        }
    }
}
