import Testing

@testable import SluiceGraphQL

@Suite("Texts in messages are cut by their bytes")
struct StringCutTests {
    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "abc…"), ("aé", 2, "a…"), ("aéb", 3, "aé…"), ("😀", 3, "…"), ("", 0, ""),
        ("e\u{301}\u{301}", 3, "e\u{301}…"),
    ])
    func `a text is cut between scalars`(text: String, limit: Int, cut: String) {
        #expect(Array(text.cut(toBytes: limit).utf8) == Array(cut.utf8))
    }

    /// One character of 900,001 bytes.
    private static let marks = "e" + String(repeating: "\u{301}", count: 450_000)

    @Test(
        arguments: [
            .string(marks), [.string(marks)], .object([marks: 1]), .object(["a": ["b": .string(marks)]]),
        ] as [JSONValue])
    func `a value is cut within a character`(value: JSONValue) {
        #expect((500...503).contains(value.inspected.utf8.count))
    }

    @Test(arguments: [false, true])
    func `a literal is cut within a character`(isBlock: Bool) {
        let node = ValueNode(kind: .string(Self.marks, isBlock: isBlock), location: SourceLocation(line: 1, column: 1))
        #expect((500...503).contains(node.inspected.utf8.count))
    }
}
