/// Random numbers that are the same in every run (SplitMix64), so that a failing property can be looked at.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

    /// Text that holds what forms, URIs and JSON have to escape.
    mutating func text(upTo count: Int) -> String {
        let pieces = [
            "a", "Z", "7", " ", "+", "&", "=", "%", "#", "?", "\"", "\\", "<", "é", "e\u{301}", "\u{212A}", "日", "🦫",
            "\n",
            "\u{0}", "\u{7F}", "%2", "%zz", "/", "~", "*",
        ]
        let length = Int.random(in: 0...count, using: &self)
        return (0..<length).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
