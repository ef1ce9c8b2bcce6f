import Testing

@testable import SluiceGraphQL

/// Documents within the limits of text and tokens that would cost quadratic or exponential time if a rule let them.
@Suite("Hostile documents are answered soon")
struct HostileDocumentTests {
    private static func repeated(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: " ")
    }

    private static let filler = String(repeating: "x", count: 240)

    private static let documents: [String: String] = [
        "unknown fields":
            "{\(repeated(7_000) { "oldd\($0)" })}",
        "unknown arguments":
            "{ echo(\(repeated(4_500) { "numberr\($0): 1" })) }",
        "unknown input fields":
            "{ echo(filter: {\(repeated(4_500) { "namee\($0): 1" })}) }",
        "unknown enum values":
            "{ echo(moods: [\(repeated(9_000) { "HAPPYY\($0)" })]) }",
        "unknown types":
            "{ old } \(repeated(2_000) { "fragment F\($0) on Persoon\($0) { id }" })",
        "unused variables":
            "query (\(repeated(2_900) { "$v\($0): Int" })) { old }",
        "operations that share variables":
            "\(repeated(600) { "query A\($0)($x: Int) { ...F }" }) fragment F on Query { echo(list: [\(repeated(3_600) { _ in "$x" })]) }",
        "operations that share fragments":
            "\(repeated(900) { "query A\($0) { ...F0 }" }) \(repeated(120) { "fragment F\($0) on Query { ...F\($0 + 1) old }" }) fragment F120 on Query { \(repeated(600) { "...G\($0)" }) } \(repeated(600) { "fragment G\($0) on Query { old }" })",
        "fragments side by side":
            "{ \(repeated(1_400) { "...G\($0)" }) } \(repeated(1_400) { "fragment G\($0) on Query { old }" })",
        "one field with large arguments":
            "{ \(repeated(600) { _ in "echo(list: [1 2 3 4 5 6 7 8 9 10 11 12 13 14])" }) }",
        "one object many times":
            "{ \(repeated(1_500) { _ in "person { id age }" }) }",
        "one chain many times":
            "{ \(repeated(800) { _ in "person { best { best { best { id } } } }" }) }",
        "fragments that all spread each other":
            "{ person { ...F0 } } \(repeated(60) { "fragment F\($0) on Person { best { \(repeated(60) { "...F\($0)" }) id } }" })",
        "conflicts within conflicts":
            "{ person {" + (0..<8).reduce("x: id x: name") { text, _ in "best { \(text) } best { \(text) }" } + "} }",
        "inline fragments within each other":
            "{" + String(repeating: "...{ x: old x: never ", count: 100) + String(repeating: "}", count: 101),
        "line ends after a long line":
            "{ echo(text: \"\"\"\(String(repeating: "x", count: 120_000))\(String(repeating: "\n", count: 120_000))\"\"\") }",
        "long names around a cycle":
            "{ ...F0\(filler) } \(repeated(120) { "fragment F\($0)\(filler) on Query { ...F\($0 + 1)\(filler) }" }) fragment F120\(filler) on Query { \(repeated(500) { _ in "...F0\(filler)" }) }",
        "a long string out of place":
            "{ echo(number: \"\(String(repeating: "x", count: 250_000))\") }",
    ]

    @Test(arguments: documents.keys.sorted())
    func `a document is judged soon, with few and short findings`(why: String) throws {
        let text = try #require(Self.documents[why])
        let engine = try Fixture.engine()
        let start = ContinuousClock.now
        let errors = engine.validate(text)
        // A debug build on a busy machine takes a second or two at worst; without the bounds it is minutes.
        #expect(ContinuousClock.now - start < .seconds(20), "\(why)")
        #expect(errors.count <= 101)
        #expect(errors.allSatisfy { $0.message.utf8.count < 3_000 && $0.locations.count <= 2_900 }, "\(why)")
    }

    private func search(_ text: String, _ limits: GraphQLLimits = GraphQLLimits()) throws -> OverlappingFieldsCanBeMergedRule {
        let schema = try Fixture.engine().schema
        let document = try Parser.parse(text)
        let rule = OverlappingFieldsCanBeMergedRule(ValidationContext(schema: schema, document: document, limits: limits))
        rule.enter(try #require(document.operations.first).selectionSet, parent: schema.query.id)
        return rule
    }

    @Test(arguments: [
        "{ \(repeated(2_500) { "echo(number: \($0))" }) }",
        "{ \(repeated(500) { "...F\($0)" }) } \(repeated(500) { "fragment F\($0) on Query { echo(number: \($0)) }" })",
    ])
    func `once there are too many conflicts no more are looked for`(text: String) throws {
        let rule = try search(text)
        // Two of three are comparisons of fragments.
        #expect((101...303).contains(rule.comparisons))
        #expect(rule.context.findings.count == 101)
    }

    @Test(arguments: [
        "{ \(repeated(300) { "...F\($0)" }) } \(repeated(300) { "fragment F\($0) on Query { old }" })",
        "{ person { \(repeated(300) { "...F\($0)" }) } person { \(repeated(300) { "...G\($0)" }) } }",
        "{ \(repeated(300) { _ in "old" }) }",
    ])
    func `once the comparisons are spent no more are made`(text: String) throws {
        var limits = GraphQLLimits()
        limits.fieldComparisons = 10
        let rule = try search(text, limits)
        #expect(rule.comparisons == 11)
        #expect(rule.context.findings.map(\.error.message) == ["Query has too many fields of the same name to compare."])
    }

    @Test func `operations that reach more fragments and uses of variables than the limit are refused`() throws {
        var limits = GraphQLLimits()
        let text = "query A($x: Int) { ...F } query B($x: Int) { ...F } fragment F on Query { echo(list: [$x, $x, $x]) }"
        // Two operations, each with one fragment and three uses.
        limits.variableUsages = 8
        #expect(try Fixture.engine(limits).validate(text).isEmpty)
        limits.variableUsages = 7
        #expect(
            try Fixture.engine(limits).validate(text).map(\.message)
                == ["Document has too many operations that share fragments."])
    }
}
