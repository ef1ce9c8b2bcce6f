/// A post as the pages about a channel show it.
struct QueuePost: Sendable, DerivedValues {
    var id: String
    /// When it goes out; `nil` if nothing says.
    var due: ChannelMoment?
    /// Its words, cut if they are very long.
    var text: String
    /// What goes with it.
    var assets: [QueueAsset]
    /// How its time was chosen: "From the queue".
    var how: String
    /// Who wrote it, where that matters.
    var author: String?
    /// The words it is sorted by.
    var tags: [String]
    /// Whether a publisher has it already.
    var isSending = false
    /// Why it did not go out.
    var reason: String?
    /// The network's own words for that.
    var rawReason: String?
    /// A page that helps.
    var help: WebLink?
    var canMove = false
    var canDecide = false
    var canRetry = false
    var canMark = false
    var canDelete = false

    var derived: [String: Any] {
        [
            "hasActions": canMove || canDecide || canRetry || canMark || canDelete,
            // What a button's name says to those who hear it: which post it is about.
            "about": text.isEmpty ? "the post without words" : "“\(text.prefix(40))”",
        ]
    }

    /// Text of a post, cut where it is very long.
    static func excerpt(_ text: String) -> String { text.count > 1_000 ? text.prefix(1_000) + "…" : text }
}

/// A picture, film, document or link that goes with a post.
struct QueueAsset: Sendable {
    /// "Picture".
    var kind: String
    var link: WebLink?
    /// Its address, where that is no link.
    var address: String?

    init(kind: String, url: String) {
        self.kind = kind
        link = WebLink(url)
        address = link == nil ? url : nil
    }
}
