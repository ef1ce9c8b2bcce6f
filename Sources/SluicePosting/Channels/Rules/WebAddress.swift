import Foundation

/// The addresses that posts and channels may name.
enum WebAddress {
    /// What is wrong with an address; `nil` for an absolute `http` or `https` address within its bound.
    /// - Parameter what: What the address is, as the subject of a sentence.
    static func complaint(about address: String, _ what: String) -> String? {
        guard address.utf8.count <= PostingLimits.addressLimit else {
            return "\(what) may have at most \(PostingLimits.addressLimit) characters"
        }
        let lower = address.prefix(8).lowercased()
        guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), !address.contains(where: isRefused),
            let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty
        else { return "\(what) must be an http or https URL" }
        return nil
    }

    /// Blanks and control characters: what would break a line of a log or a header of a request to that address.
    private static func isRefused(_ character: Character) -> Bool {
        character.isWhitespace || character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
