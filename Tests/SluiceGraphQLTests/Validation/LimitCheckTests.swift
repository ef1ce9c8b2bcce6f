import Testing

@testable import SluiceGraphQL

@Suite("Limits are enforced before the cost is paid")
struct LimitCheckTests {
    private func messages(_ document: String, _ change: (inout GraphQLLimits) -> Void = { _ in }) throws -> [String] {
        var limits = GraphQLLimits()
        change(&limits)
        return try Fixture.engine(limits).validate(document).map(\.message)
    }

    private func nested(_ depth: Int) -> String {
        "{ person " + String(repeating: "{ best ", count: depth - 2) + "{ id " + String(repeating: "} ", count: depth)
    }

    @Test func `S121 depth 25 passes and 26 does not, through fragments too`() throws {
        #expect(try messages(nested(25)) == [])
        #expect(try messages(nested(26)) == ["Query exceeds maximum allowed depth of 25."])
        let half = String(repeating: "{ best ", count: 12)
        let close = String(repeating: "} ", count: 12)
        let text = "{ person \(half) { ...F } \(close) } fragment F on Person \(half) { id } \(close)"
        #expect(try messages(text + "").contains("Query exceeds maximum allowed depth of 25.") == true)
    }

    @Test func `S121 thirty aliases pass and one more does not`() throws {
        func aliases(_ count: Int) -> String { "{" + (0..<count).map { "a\($0): old " }.joined() + "}" }
        #expect(try messages(aliases(30)) == [])
        #expect(try messages(aliases(31)) == ["Query exceeds maximum allowed number of 30 aliases."])
    }

    @Test func `S121 fifty directives pass and one more does not`() throws {
        func directives(_ count: Int) -> String {
            "{" + (0..<count).map { _ in "old @skip(if: true) " }.joined() + "}"
        }
        #expect(try messages(directives(50)) == [])
        #expect(try messages(directives(51)) == ["Query exceeds maximum allowed number of 50 directives."])
    }

    @Test func `directives of variables and fragments count too`() throws {
        let text = "query ($a: Int @skip(if: true) @skip(if: true)) @skip(if: true) { ...F @skip(if: true) } "
        let fragment = "fragment F on Query @skip(if: true) { echo(number: $a) @skip(if: true) }"
        #expect(try messages(text + fragment) { $0.directives = 5 } == ["Query exceeds maximum allowed number of 5 directives."])
        #expect(try messages(text + fragment) { $0.directives = 6 }.contains { $0.contains("maximum") } == false)
    }

    /// 6,561 × 26 − 4 points for eight objects within each other around 6,652 scalars, and one for each further scalar.
    private func costing(_ points: Int) -> String {
        let inner = "{ person " + String(repeating: "{ best ", count: 7)
        let scalars = "{" + String(repeating: "...P ", count: 1_663) + "}"
        let rest = points - 170_582
        let queries = String(repeating: "...Q ", count: rest / 2) + (rest.isMultiple(of: 2) ? "" : "old ")
        return inner + scalars + String(repeating: "}", count: 7) + queries
            + "} fragment P on Person { id name age mood } fragment Q on Query { old never }"
    }

    @Test func `S121 a complexity of 175,000 passes and one more does not`() throws {
        #expect(try messages(costing(175_000)) == [])
        #expect(
            try messages(costing(175_001)) == ["Query exceeds maximum allowed complexity. Please simplify your query."])
    }

    @Test func `S121 15,000 tokens pass and one more does not`() throws {
        let text = "query {" + String(repeating: "...F ", count: 7_495) + "} fragment F on Query { old }"
        #expect(try messages(text) == [])
        #expect(
            try messages(text.replacing("{ old }", with: "{ old never }"))
                == ["Syntax Error: Document contains more than 15000 tokens. Parsing aborted."])
    }

    @Test(arguments: ["friends", "best"])
    func `a list costs what one object costs`(field: String) throws {
        // 2 + 1.5 × (2 + 1.5 × 1)
        #expect(try messages("{ person { \(field) { id } } }") { $0.complexity = 7.25 } == [])
        #expect(try messages("{ person { \(field) { id } } }") { $0.complexity = 7.24 } != [])
    }

    @Test func `cost is one or two points and half as much again for each level`() throws {
        // old 1; person 2 + 1.5 × (id 1 + best 2 + 1.5 × id 1) = 2 + 1.5 × 4.5 = 8.75
        let document = "{ old person { id best { id } } }"
        #expect(try messages(document) { $0.complexity = 9.75 } == [])
        #expect(
            try messages(document) { $0.complexity = 9.74 }
                == ["Query exceeds maximum allowed complexity. Please simplify your query."])
    }

    @Test func `fragments that double twenty times are refused at once`() throws {
        var text = "{ person { ...F0 } }"
        for index in 0..<20 {
            text += " fragment F\(index) on Person { best { ...F\(index + 1) } must { ...F\(index + 1) } }"
        }
        text += " fragment F20 on Person { id }"
        #expect(try messages(text) == ["Query exceeds maximum allowed complexity. Please simplify your query."])
    }

    @Test func `a chain of a thousand fragments does not reach the end of the stack`() throws {
        var text = "{ ...F0 }"
        for index in 0..<1_000 { text += " fragment F\(index) on Query { ...F\(index + 1) }" }
        text += " fragment F1000 on Query { old }"
        #expect(try messages(text) == ["Query is nested more than 128 levels deep."])
        let backwards = text.split(separator: "fragment").reversed().joined(separator: "fragment")
        #expect(try messages("fragment" + backwards).isEmpty == false)
    }

    @Test func `a ring of fragments ends`() throws {
        var text = "{ ...F0 }"
        for index in 0..<100 { text += " fragment F\(index) on Query { old ...F\((index + 1) % 100) }" }
        #expect(try messages(text).first?.hasPrefix("Cannot spread fragment \"F0\" within itself via") == true)
    }

    @Test func `ten thousand fields of one name are not compared pair by pair`() throws {
        let text = "{" + String(repeating: "old ", count: 10_000) + "}"
        #expect(try messages(text) == ["Query has too many fields of the same name to compare."])
    }

    @Test func `a document beyond its bytes or tokens is refused`() throws {
        #expect(try messages("{ old }") { $0.documentLimitInBytes = 6 } == ["The document is longer than 6 bytes."])
        #expect(
            try messages("{ old }") { $0.tokens = 2 }
                == ["Syntax Error: Document contains more than 2 tokens. Parsing aborted."])
    }
}
