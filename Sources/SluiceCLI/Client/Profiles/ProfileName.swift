import ArgumentParser

/// What a profile is called: 1 to 64 of `A-Z a-z 0-9 . _ -`, a letter or digit first. It becomes a file's name.
struct ProfileName: Sendable, Hashable, Comparable, ExpressibleByArgument {
    /// The name.
    let text: String

    /// Buffer itself.
    static let buffer = ProfileName(unchecked: "buffer")
    /// A server on this machine.
    static let local = ProfileName(unchecked: "local")

    private init(unchecked text: String) { self.text = text }

    init?(_ text: String) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, Self.isAlphanumeric(first),
            bytes.allSatisfy({ Self.isAlphanumeric($0) || "._-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    init?(argument: String) { self.init(argument) }

    static func < (one: ProfileName, other: ProfileName) -> Bool { one.text < other.text }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
