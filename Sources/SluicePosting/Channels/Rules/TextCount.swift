/// How a service counts the characters of a text.
enum TextCount: Sendable {
    /// What readers see as one character counts one.
    case characters
    /// UTF-16 code units.
    case utf16
    /// Bytes of UTF-8.
    case bytes
    /// X: addresses count 23, other scripts than Latin and its neighbours, and emoji, count two.
    case weighted
    /// Mastodon: addresses count 23, a mention counts without its server.
    case mastodon
    /// Threads: an emoji counts its bytes.
    case threads

    /// What every address counts at X and Mastodon, however long it is.
    static let addressWeight = 23

    /// How much a text counts.
    func count(_ text: String) -> Int {
        switch self {
        case .characters: text.count
        case .utf16: text.utf16.count
        case .bytes: text.utf8.count
        case .weighted: WeightedCount.count(text)
        case .mastodon: MastodonCount.count(text)
        case .threads: text.reduce(0) { $0 + ($1.isEmoji ? $1.utf8.count : 1) }
        }
    }
}

extension Character {
    /// Whether it is drawn as a picture: digits and `#` are emoji by their property alone, but not as people see them.
    var isEmoji: Bool {
        guard let first = unicodeScalars.first else { return false }
        if first.properties.isEmojiPresentation { return true }
        // A sign that may be a picture is one when something behind it says so: a variation, a skin colour, a keycap.
        return unicodeScalars.count > 1 && first.properties.isEmoji
            && unicodeScalars.dropFirst().contains { $0.value == 0xFE0F || $0.value == 0x20E3 || $0.properties.isEmojiModifier }
    }
}
