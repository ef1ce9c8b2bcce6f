/// Initials on a coloured tile, in place of a picture from another origin.
struct Monogram: Sendable, Equatable {
    /// One or two letters.
    let text: String
    /// A CSS class, the same for the same name every time.
    let tone: String

    init(_ name: String) {
        let initials = name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(2).compactMap(\.first)
        text = initials.isEmpty ? "?" : String(initials).uppercased()
        let sum = name.utf8.reduce(into: UInt32(7)) { $0 = $0 &* 31 &+ UInt32($1) }
        tone = "tone-\(sum % 5)"
    }
}
