import Foundation

/// An e-mail address that passed a plausibility check, kept in the one form that is compared.
///
/// Case and Unicode compatibility forms do not make a second account (S16): the whole address is mapped by NFKC and
/// lower-cased. Mail systems that tell `A@` from `a@` exist on paper only.
public struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The compared and shown form.
    public let text: String

    /// An address from what a person typed; `nil` unless it is `local@domain` with a dot or `localhost` behind the `@`,
    /// at most 254 bytes, without blanks, control characters or angle brackets.
    public init?(_ typed: some StringProtocol) {
        let trimmed = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.utf8.count <= 254 else { return nil }
        let text = trimmed.precomposedStringWithCompatibilityMapping.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return nil }
        let (local, domain) = (parts[0], parts[1])
        guard !local.isEmpty, local.utf8.count <= 64, !domain.isEmpty else { return nil }
        guard domain == "localhost" || domain.contains(".") else { return nil }
        guard domain.first != ".", domain.last != ".", !domain.contains("..") else { return nil }
        let forbidden = CharacterSet.controlCharacters.union(.whitespacesAndNewlines).union(
            CharacterSet(charactersIn: "<>,;:\"()[]\\"))
        // What no one sees would make a twin that looks the same: variation selectors, fillers, joiners.
        guard text.unicodeScalars.allSatisfy({ !forbidden.contains($0) && !$0.properties.isDefaultIgnorableCodePoint })
        else { return nil }
        self.text = text
    }

    /// The address.
    public var description: String { text }
}
