import Testing

@testable import SluicePosting

@Suite("What must hold of any post that is kept")
struct ContentShapeTests {
    private func complaints(_ text: String = "Hello", _ assets: [Asset] = [], _ metadata: PostMetadata? = nil) -> [String] {
        ContentShape.complaints(about: PostContent(text: text, assets: assets, metadata: metadata))
    }

    @Test(arguments: [
        "https://example.com/a.png", "http://example.com", "HTTPS://EXAMPLE.COM/", "https://example.com/ü.png",
        "https://example.com/" + String(repeating: "a", count: 1_980),
    ])
    func `an http or https address is taken`(address: String) {
        #expect(complaints("Hello", [.image(.init(url: address))]) == [])
    }

    @Test(arguments: [
        ("nothing", ""), ("another scheme", "ftp://example.com/a.png"), ("a file", "file:///etc/passwd"),
        ("data", "data:image/png;base64,AA"), ("script", "javascript:alert(1)"), ("a path", "/a.png"),
        ("no host", "https:///a.png"),
        ("a blank", "https://example.com/a b.png"), ("a line break", "https://example.com/a\r\nX: y"),
        ("a null", "https://example.com/\0"),
    ])
    func `any other address is refused`(why: String, address: String) {
        #expect(
            complaints("Hello", [.image(.init(url: address))]) == ["The address of an image must be an http or https URL"],
            "\(why)")
    }

    @Test func `an address past its bound is refused`() {
        let address = "https://example.com/" + String(repeating: "a", count: 1_981)
        #expect(
            complaints("Hello", [.image(.init(url: address))]) == ["The address of an image may have at most 2000 characters"])
    }

    @Test func `a text has a bound before a service counts`() {
        #expect(complaints(String(repeating: "a", count: 50_000)) == [])
        #expect(complaints(String(repeating: "a", count: 50_001)) == ["The text may have at most 50000 characters"])
        #expect(ContentShape.isOversized(PostContent(text: String(repeating: "a", count: 50_001), assets: [])))
        #expect(!ContentShape.isOversized(PostContent(text: String(repeating: "a", count: 50_000), assets: [])))
    }

    @Test func `assets have a bound before a service counts`() {
        #expect(complaints("Hello", Array(repeating: .picture, count: 100)) == [])
        #expect(complaints("Hello", Array(repeating: .picture, count: 101)) == ["A post may have at most 100 assets"])
        #expect(ContentShape.isOversized(PostContent(text: "", assets: Array(repeating: .picture, count: 101))))
    }

    @Test(arguments: [(0.0, 0.0, true), (1, 1, true), (0.5, 0.25, true), (-0.01, 0, false), (0, 1.01, false), (.nan, 0, false)])
    func `people are named within the picture`(x: Double, y: Double, isSound: Bool) {
        let image = Asset.image(.init(url: "https://example.com/a.png", userTags: [.init(handle: "ada", x: x, y: y)]))
        #expect(complaints("Hello", [image]) == (isSound ? [] : ["The x and y of a user tag are 0.0 to 1.0"]))
    }

    @Test func `a picture names no more people than its bound, each by a handle`() {
        let tag = Asset.UserTag(handle: "ada", x: 0, y: 0)
        #expect(
            complaints("Hello", [.image(.init(url: "https://example.com/a.png", userTags: Array(repeating: tag, count: 21)))])
                == ["An image may name at most 20 people"])
        #expect(
            complaints("Hello", [.image(.init(url: "https://example.com/a.png", userTags: [.init(handle: "", x: 0, y: 0)]))])
                == ["A user tag requires a handle of 1 to 100 characters"])
    }

    @Test func `a film takes a frame, not a thumbnail's address`() {
        #expect(complaints("Hello", [.video(.init(url: "https://example.com/a.mp4", thumbnailOffset: 1_500))]) == [])
        #expect(
            complaints("Hello", [.video(.init(url: "https://example.com/a.mp4", thumbnailURL: "https://example.com/a.png"))])
                == ["Videos do not take a thumbnailUrl: choose a frame with metadata.thumbnailOffset"])
        #expect(complaints("Hello", [.video(.init(url: "https://example.com/a.mp4", thumbnailOffset: -1))]).count == 1)
    }

    @Test func `a link attachment and assets exclude each other`() {
        var said = PostMetadata.Facebook(type: .post)
        said.linkAttachment = LinkAttachment(url: "https://example.com")
        #expect(complaints("Hello", [], .facebook(said)) == [])
        #expect(complaints("Hello", [.picture], .facebook(said)) == ["A link attachment and assets exclude each other"])
        said.linkAttachment?.url = "example.com"
        #expect(complaints("Hello", [], .facebook(said)) == ["The link attachment must be an http or https URL"])
    }

    @Test func `the text of a thread is its first item's, byte by byte`() {
        func thread(_ texts: String...) -> PostMetadata {
            var said = PostMetadata.Threaded()
            said.thread = texts.map { .init(text: $0) }
            return .bluesky(said)
        }
        let complaint = ["The text of a thread must be the text of its first item"]
        #expect(complaints("root", [], thread("root", "more")) == [])
        #expect(complaints("more", [], thread("root", "more")) == complaint)
        #expect(complaints("", [], thread("root", "more")) == complaint)
        #expect(complaints("root ", [], thread("root", "more")) == complaint)
        #expect(complaints("\u{e9}", [], thread("e\u{301}")) == complaint)
    }

    @Test func `a thread has a bound, and its items are looked at`() {
        var said = PostMetadata.Threaded()
        said.thread = Array(repeating: .init(text: "Hello"), count: 101)
        #expect(complaints("Hello", [], .mastodon(said)) == ["A thread may have at most 100 items"])
        said.thread = [
            .init(text: "Hello"),
            .init(text: "a", assets: [.picture], linkAttachment: LinkAttachment(url: "https://example.com")),
            .init(text: "b", assets: [.image(.init(url: "a.png"))]),
        ]
        #expect(
            complaints("Hello", [], .threads(said)) == [
                "Thread item 2: A link attachment and assets exclude each other",
                "The address of an image must be an http or https URL",
            ])
    }

    @Test(arguments: [("marks of two places", "\u{301}\u{316}"), ("marks of three parts", "\u{F73}"), ("one mark", "\u{20E0}")])
    func `a letter bears a hundred marks and no more`(why: String, marks: String) {
        let count = 100 / marks.unicodeScalars.count
        #expect(complaints("Hello a" + String(repeating: marks, count: count)) == [])
        let text = "Hello a" + String(repeating: marks, count: count + 1)
        #expect(complaints(text) == ["The text may have at most 100 marks on one letter"], "\(why)")
        #expect(ContentShape.isOversized(PostContent(text: text, assets: [])))
    }

    private static let megabyte = String(repeating: "a", count: 1_000_000)

    private static func threaded(_ change: (inout PostMetadata.Threaded) -> Void) -> PostMetadata {
        var said = PostMetadata.Threaded()
        said.thread = [.init(text: "Hello")]
        change(&said)
        return .mastodon(said)
    }

    @Test(arguments: [
        ("a long item", threaded { $0.thread.append(.init(text: megabyte)) }, "The texts of a thread together"),
        (
            "items that are long together",
            threaded { $0.thread += Array(repeating: .init(text: String(repeating: "a", count: 10_000)), count: 5) },
            "The texts of a thread together"
        ),
        ("many items", threaded { $0.thread = Array(repeating: .init(text: "Hello"), count: 101) }, "A thread"),
        (
            "an item of many assets",
            threaded { $0.thread.append(.init(text: "", assets: Array(repeating: .picture, count: 101))) }, "Thread item 2"
        ),
        (
            "many assets together",
            threaded { $0.thread += Array(repeating: .init(text: "", assets: Array(repeating: .picture, count: 81)), count: 5) },
            "A thread"
        ),
        ("a warning", threaded { $0.spoilerText = megabyte }, "The spoiler text"),
        ("a title", PostMetadata.tiktok(.init(title: megabyte)), "The title"),
        (
            "a card", threaded { $0.thread[0].linkAttachment = LinkAttachment(url: "https://a.de", title: megabyte) },
            "The title of the link attachment"
        ),
    ])
    func `what is too large anywhere is refused by its size alone`(why: String, metadata: PostMetadata, subject: String) throws {
        let content = PostContent(text: "Hello", assets: [], metadata: metadata)
        #expect(ContentShape.isOversized(content), "\(why)")
        let complaints = ContentShape.complaints(about: content)
        #expect(complaints.count == 1 && complaints.allSatisfy { $0.hasPrefix("\(subject) may have at most") }, "\(complaints)")
    }

    @Test func `what is wrong but small is no matter of size`() {
        let content = PostContent(text: "Hi", assets: [.image(.init(url: "a"))], metadata: Self.threaded { _ in })
        #expect(!ContentShape.isOversized(content))
        #expect(ContentShape.complaints(about: content).count == 2)
    }

    @Test func `words within metadata have bounds`() {
        var said = PostMetadata.Instagram(type: .post, shouldShareToFeed: true)
        said.link = "example.com"
        #expect(complaints("Hello", [], .instagram(said)) == ["The link of the shop grid must be an http or https URL"])
        said.firstComment = String(repeating: "a", count: 10_001)
        #expect(complaints("Hello", [], .instagram(said)) == ["The first comment may have at most 10000 characters"])
        var linkedIn = PostMetadata.LinkedIn()
        linkedIn.annotations = [.init(text: "Ada", content: "Ada", url: "https://example.com", indices: [3, -1])]
        #expect(
            complaints("Hello", [], .linkedin(linkedIn)) == ["The indices of an annotation are its start and its end in the text"]
        )
        linkedIn.annotations = Array(repeating: .init(text: "a", content: "a", url: "", indices: []), count: 101)
        #expect(complaints("Hello", [], .linkedin(linkedIn)) == ["A text may have at most 100 annotations"])
    }
}
