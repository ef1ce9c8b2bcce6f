import Synchronization

/// Names for requests: 13 characters of `0-9 a-z`, unique in this process and, with 64 random bits to start from, unlikely
/// to be met in another one. They are names and no secrets.
enum RequestIdentifier {
    private static let start = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(0)
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// The next name.
    static func next() -> String {
        text(mixed(start &+ count.wrappingAdd(1, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15))
    }

    /// SplitMix64's last step: a permutation, so different numbers stay different, and neighbours look unrelated.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var z = number
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 13 digits of five bits. Such a string is stored inline: a name costs no allocation.
    private static func text(_ number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 13) { buffer in
            var rest = number
            for index in stride(from: 12, through: 0, by: -1) {
                buffer[index] = alphabet[Int(rest & 31)]
                rest >>= 5
            }
            return 13
        }
    }

    /// Whether a name that a trusted proxy chose may be kept: it ends up in headers, bodies and the log.
    static func isSane(_ text: String) -> Bool {
        (8...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
