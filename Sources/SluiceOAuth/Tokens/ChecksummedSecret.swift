/// The common shape of API keys and client secrets: a prefix that scanners recognise, 43 base62 digits of 256 random bits,
/// and the CRC-32 of all that in 6 base62 digits, so that a typo is told from a wrong key without a look at the database.
enum ChecksummedSecret {
    private static let digits = 43
    private static let checksumDigits = 6

    /// The text for 32 random bytes.
    static func make(prefix: String, random: [UInt8]) -> String {
        precondition(random.count == 32, "256 random bits make a secret")
        let body = Array(prefix.utf8) + Base62.encode(random, width: digits)
        return String(decoding: body + Base62.encode(CRC32.checksum(of: body[...])), as: UTF8.self)
    }

    /// The text with the right checksum; `nil` unless it is the prefix, 43 base62 digits, and nothing more than 6 base62 digits.
    static func mended(_ text: String, prefix: String) -> String? {
        let bytes = Array(text.utf8)
        let length = prefix.utf8.count + digits
        guard text.hasPrefix(prefix), (length...length + checksumDigits).contains(bytes.count),
            bytes[prefix.utf8.count...].allSatisfy(\.isASCIIAlphanumeric)
        else { return nil }
        let body = bytes[..<length]
        return String(decoding: body + Base62.encode(CRC32.checksum(of: body)), as: UTF8.self)
    }

    /// Whether `text` has the shape and the checksum. For a text of the right length the work is always the same.
    static func isWellFormed(_ text: String, prefix: String) -> Bool {
        let bytes = Array(text.utf8)
        let start = prefix.utf8.count
        guard bytes.count == start + digits + checksumDigits else { return false }
        let hasPrefix = ConstantTime.equals(bytes[..<start], prefix.utf8)
        let isBase62 = bytes[start...].reduce(true) { $0 && $1.isASCIIAlphanumeric }
        let body = bytes.dropLast(checksumDigits)
        let hasChecksum = ConstantTime.equals(bytes.suffix(checksumDigits), Base62.encode(CRC32.checksum(of: body)))
        return hasPrefix && isBase62 && hasChecksum
    }
}
