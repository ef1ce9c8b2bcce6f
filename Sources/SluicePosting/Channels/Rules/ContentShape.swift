/// What must hold for anything that is kept, drafts too: sizes, addresses, and that the parts of a post fit each other and its
/// channel. It bounds what a request can make us store, before any service counts.
struct ContentShape {
    /// Characters of a name, a title or an id within the parts of a post.
    static let nameLimit = 1_000
    /// Characters of longer words within the parts of a post, such as a first comment.
    static let wordsLimit = 10_000
    /// Mentions in a text.
    static let annotationLimit = 100
    /// People named on one picture.
    static let userTagLimit = 20

    private(set) var complaints: [String] = []

    /// Whether it is too large to be looked at closely.
    static func isOversized(_ content: PostContent) -> Bool {
        content.text.utf8.count > 4 * PostingLimits.textLimit || content.assets.count > PostingLimits.assetsPerPost
            || content.metadata?.thread.count ?? 0 > PostingLimits.threadLimit
    }

    /// What is wrong whatever the channel.
    static func complaints(about content: PostContent) -> [String] {
        var shape = ContentShape()
        shape.check(content)
        return shape.complaints
    }

    /// What does not fit the channel.
    static func complaints(about content: PostContent, on channel: Channel) -> [String] {
        guard let metadata = content.metadata else { return [] }
        guard metadata.service == channel.service else {
            return ["Metadata for \(metadata.service.name) does not fit a \(channel.service.name) channel"]
        }
        guard case .pinterest(let pinterest) = metadata, let board = pinterest.boardServiceID, !board.isEmpty,
            !channel.facts.boards.contains(where: { $0.serviceID == board })
        else { return [] }
        return ["The board is not one of this channel's boards"]
    }

    private mutating func check(_ content: PostContent) {
        check(content.text, atMost: PostingLimits.textLimit, "The text")
        check(content.assets, of: "A post")
        guard let metadata = content.metadata else { return }
        check(metadata)
        if let link = metadata.linkAttachment {
            check(link)
            if !content.assets.isEmpty { complaints.append("A link attachment and assets exclude each other") }
        }
        check(thread: metadata.thread, of: content.text)
    }

    private mutating func check(thread: [PostMetadata.ThreadedPost], of text: String) {
        guard let root = thread.first else { return }
        // Bytes decide: Swift would call differently composed letters equal, and a service would not.
        guard root.text.utf8.elementsEqual(text.utf8) else {
            complaints.append("The text of a thread must be the text of its first item")
            return
        }
        guard thread.count <= PostingLimits.threadLimit else {
            complaints.append("A thread may have at most \(PostingLimits.threadLimit) items")
            return
        }
        for (index, item) in thread.enumerated() {
            check(item.text, atMost: PostingLimits.textLimit, "The text of thread item \(index + 1)")
            check(item.assets, of: "Thread item \(index + 1)")
            guard let link = item.linkAttachment else { continue }
            check(link)
            if !item.assets.isEmpty {
                complaints.append("Thread item \(index + 1): A link attachment and assets exclude each other")
            }
        }
    }

    mutating func check(_ link: LinkAttachment) {
        check(address: link.url, "The link attachment")
        check(link.title, atMost: Self.nameLimit, "The title of the link attachment")
        check(link.description, atMost: Self.wordsLimit, "The description of the link attachment")
        check(address: link.thumbnailURL, "The thumbnail of the link attachment")
    }

    mutating func check(_ text: String?, atMost limit: Int, _ what: String) {
        // Bytes first: counting the characters of an endless text takes as long as it is.
        guard let text, text.utf8.count > limit, text.utf8.count > 4 * limit || text.unicodeScalars.count > limit else { return }
        complain("\(what) may have at most \(limit) characters")
    }

    mutating func check(address: String?, _ what: String) {
        guard let address else { return }
        if let complaint = WebAddress.complaint(about: address, what) { complain(complaint) }
    }

    mutating func complain(_ complaint: String) {
        // A hundred bad assets deserve one sentence.
        if !complaints.contains(complaint) { complaints.append(complaint) }
    }
}
