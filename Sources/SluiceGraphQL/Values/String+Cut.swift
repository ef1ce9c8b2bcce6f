extension String {
    /// The text, or its beginning and `…` where it has more bytes than `limit`. Cut between scalars and not between characters:
    /// any number of combining marks is one character.
    func cut(toBytes limit: Int) -> String {
        utf8.count <= limit ? self : "\(self[..<utf8.index(startIndex, offsetBy: limit)])…"
    }
}
