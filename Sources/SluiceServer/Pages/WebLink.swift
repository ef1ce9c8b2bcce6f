/// The address of a website that somebody else chose. Only `http` and `https` become links.
struct WebLink: Sendable, Equatable {
    let url: String
    /// The address as it is shown: without the scheme.
    let text: String

    /// `nil` for any other scheme, `javascript:` first of all.
    init?(_ url: String) {
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
        let rest = url.dropFirst(scheme.count)
        guard !rest.isEmpty else { return nil }
        self.url = url
        text = rest.hasSuffix("/") ? String(rest.dropLast()) : String(rest)
    }
}
