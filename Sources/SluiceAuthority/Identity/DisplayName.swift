import Foundation

/// A name that people read: of an account, a key, a client or an organization. Trimmed, 1 to 100 characters, one line.
public struct DisplayName: Sendable, Hashable, CustomStringConvertible {
    /// The name.
    public let text: String

    /// A name from what a person typed; `nil` if nothing that can be seen is left, it is longer than 100 characters or 400
    /// bytes, or it holds control or text-direction characters, which could make a page lie.
    public init?(_ typed: some StringProtocol) {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty, text.count <= 100, text.utf8.count <= 400 else { return nil }
        guard text.unicodeScalars.allSatisfy(Self.isPrintable), text.unicodeScalars.contains(where: Self.isVisible)
        else {
            return nil
        }
        self.text = text
    }

    /// The name.
    public var description: String { text }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isWhitespace
    }
}
