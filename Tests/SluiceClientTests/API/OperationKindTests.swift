import Testing

@testable import SluiceClient

@Suite("What a document does: GraphQL specification §2.3")
struct OperationKindTests {
    @Test(arguments: [
        ("shorthand", "{ a }"), ("named", "query Q { a }"), ("anonymous", "query { a }"), ("tight", "query{a}"),
        ("with variables", "query Q($a: [Int!] = [1], $b: I = {mutation: 1}) @d(x: {y: 2}) { a }"),
        ("comment first", "# mutation M { x }\nquery { a }"), ("mutation in a string", #"{ a(text: "mutation { x }") }"#),
        ("in a block string", #"{ a(text: """ } mutation { \""" x """) }"#),
        ("escaped quote", #"{ a(text: "\" } mutation { ") }"#),
        ("with fragments", "fragment F on mutation { a } query Q { ...F } fragment G on T { b }"),
        ("field named mutation", "{ mutation { a } }"), ("byte order mark and commas", "\u{FEFF},,{ a }"),
    ])
    func `these only read`(why: String, document: String) {
        #expect(OperationKind.of(document, name: nil) == .query, "\(why)")
    }

    @Test(arguments: [
        ("mutation", "mutation { a }"), ("named", "mutation M($i: I!) { a }"),
        ("behind a fragment", "fragment F on T { a } mutation { a }"),
        ("comment between", "mutation # query\n{ a }"), ("subscription", "subscription { a }"), ("nothing", ""),
        ("two without a name", "{ a } query Q { b }"),
        ("unknown word", "quarry { a }"), ("unclosed string", #"mutation { a(text: "x"#),
        ("described, with a backslash in the block", "\"\"\"a \\\\\"\"\" { b \"\"\" mutation M { x }"),
    ])
    func `these do not, or nobody can tell`(why: String, document: String) {
        #expect(OperationKind.of(document, name: nil) != .query, "\(why)")
    }

    @Test func `of several operations the named one counts`() {
        let document = "query Read { a } mutation Write { b } query Also @live { c }"
        #expect(OperationKind.of(document, name: "Read") == .query)
        #expect(OperationKind.of(document, name: "Also") == .query)
        #expect(OperationKind.of(document, name: "Write") == .mutation)
        #expect(OperationKind.of(document, name: "Missing") == nil)
        #expect(OperationKind.of("query Read { a } mutation Read { b }", name: "Read") == nil)
    }
}
