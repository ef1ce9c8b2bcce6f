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

    private var faults: [String] = []
    private var excesses: [String] = []

    private init(_ content: PostContent) { check(content) }

    /// Whether any part of it is too large to be looked at closely.
    static func isOversized(_ content: PostContent) -> Bool { !ContentShape(content).excesses.isEmpty }

    /// What is wrong whatever the channel. What is too large is told alone: it was not looked at closely.
    static func complaints(about content: PostContent) -> [String] {
        let shape = ContentShape(content)
        return shape.excesses.isEmpty ? shape.faults : shape.excesses
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
            if !content.assets.isEmpty { complain("A link attachment and assets exclude each other") }
        }
        check(thread: metadata.thread, of: content.text)
    }

    private mutating func check(thread: [PostMetadata.ThreadedPost], of text: String) {
        guard let root = thread.first else { return }
        // Bytes decide: Swift would call differently composed letters equal, and a service would not.
        if !root.text.utf8.elementsEqual(text.utf8) { complain("The text of a thread must be the text of its first item") }
        guard thread.count <= PostingLimits.threadLimit else {
            exceed("A thread may have at most \(PostingLimits.threadLimit) items")
            return
        }
        // Together, since all of them are looked at while the channel is held still.
        guard thread.reduce(0, { $0 + $1.assets.count }) <= PostingLimits.assetsPerThread else {
            exceed("A thread may have at most \(PostingLimits.assetsPerThread) assets")
            return
        }
        check(thread.map(\.text).joined(), atMost: PostingLimits.textLimit, "The texts of a thread together")
        for (index, item) in thread.enumerated() {
            check(item.assets, of: "Thread item \(index + 1)")
            guard let link = item.linkAttachment else { continue }
            check(link)
            if !item.assets.isEmpty {
                complain("Thread item \(index + 1): A link attachment and assets exclude each other")
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
        guard let text else { return }
        if text.isLonger(than: limit) {
            exceed("\(what) may have at most \(limit) characters")
        } else if text.hasEndlessMarks {
            exceed("\(what) may have at most 100 marks on one letter")
        }
    }

    mutating func check(address: String?, _ what: String) {
        guard let address else { return }
        if let complaint = WebAddress.complaint(about: address, what) { complain(complaint) }
    }

    // A hundred bad assets deserve one sentence.
    mutating func complain(_ complaint: String) {
        if !faults.contains(complaint) { faults.append(complaint) }
    }

    mutating func exceed(_ complaint: String) {
        if !excesses.contains(complaint) { excesses.append(complaint) }
    }
}
