extension String {
    /// Whether both are the same bytes. `==` on strings compares Unicode-equivalent forms, so the Kelvin sign would equal
    /// the letter K; what the RFCs call string comparison is by code point (RFC 6749 §3.1.2.3, RFC 3986 §6.2.1).
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
