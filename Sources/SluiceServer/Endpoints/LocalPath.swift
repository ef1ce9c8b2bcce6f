/// A path of this server to go on to after signing in or out. It cannot lead elsewhere.
struct LocalPath: Sendable, Equatable {
    let text: String

    /// A path that starts with exactly one slash, of visible ASCII without a backslash, at most 16 KiB; `nil` otherwise.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...16_384).contains(bytes.count), bytes[0] == UInt8(ascii: "/") else { return nil }
        // `//host` and `/\host` are read as another host by browsers.
        if bytes.count > 1, bytes[1] == UInt8(ascii: "/") { return nil }
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        self.text = text
    }

    /// The query behind the path, if it leads to the authorization endpoint.
    var authorizationQuery: Substring? {
        text.hasPrefix("/auth?") ? text.dropFirst("/auth?".count) : nil
    }
}
