import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §2 and §3: parser")
struct ParserTests {
    private func failure(_ text: String) -> GraphQLError? {
        do {
            _ = try Parser.parse(text, tokenLimit: 15_000)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an operation has its parts`() throws {
        let document = try Parser.parse(
            "query Q($a: [Int!]! = [1], $b: T) @d { x: y(z: {k: $a}) @skip(if: true) { id } ...F ... on T { a } ... { b } }"
        )
        let operation = try #require(document.operations.first)
        #expect(operation.name?.text == "Q")
        #expect(operation.variables.map { "\($0.type)" } == ["[Int!]!", "T"])
        #expect(operation.selectionSet.selections.count == 4)
        guard case .field(let field) = operation.selectionSet.selections[0] else { return #expect(Bool(false)) }
        #expect(field.responseKey == "x")
        #expect(field.arguments[0].value.description == "{k: $a}")
    }

    @Test(arguments: [
        ("{", "Syntax Error: Expected Name, found <EOF>.", 1, 2),
        ("{ ...on }", "Syntax Error: Expected Name, found \"}\".", 1, 9),
        ("fragment on on T { a }", "Syntax Error: Unexpected Name \"on\".", 1, 10),
        ("notAnOperation Foo { field }", "Syntax Error: Unexpected Name \"notAnOperation\".", 1, 1),
        ("", "Syntax Error: Unexpected <EOF>.", 1, 1),
        ("{ }", "Syntax Error: Expected Name, found \"}\".", 1, 3),
        ("query Q($a: Int = $b) { a }", "Syntax Error: Unexpected variable \"$b\" in constant value.", 1, 19),
        ("{ a(b: \"c) }", "Syntax Error: Unterminated string.", 1, 13),
        (
            "\"text\" { a }",
            "Syntax Error: Unexpected description, descriptions are not supported on shorthand queries.", 1, 1
        ),
        ("extend schema @a { ...F }", "Syntax Error: Expected Name, found \"...\".", 1, 20),
        ("schema { querry: Q }", "Syntax Error: Unexpected Name \"querry\".", 1, 10),
        ("enum E { true }", "Syntax Error: Name \"true\" is reserved and cannot be used for an enum value.", 1, 10),
        (
            "\"d\" extend type T { a: Int }",
            "Syntax Error: Unexpected description, only GraphQL definitions support descriptions.", 1, 1
        ),
    ])
    func `what is no document is refused at its place`(text: String, message: String, line: Int, column: Int) {
        let error = failure(text)
        #expect(error?.message == message)
        #expect(error?.locations == [SourceLocation(line: line, column: column)])
    }

    @Test(arguments: ["{a", "{a(b:[", "{a(b:{c:", "{...", "query($a:["])
    func `hostile nesting ends in an error and not at the end of the stack`(unit: String) {
        let text: String
        switch unit {
        case "query($a:[": text = "query($a:" + String(repeating: "[", count: 5_000)
        case "{a(b:[": text = "{a(b:" + String(repeating: "[", count: 5_000)
        case "{a(b:{c:": text = "{a(b:" + String(repeating: "{c:", count: 4_000)
        case "{...": text = "{" + String(repeating: "...{", count: 3_000)
        default: text = String(repeating: unit, count: 3_000)
        }
        #expect(failure(text)?.message.contains("Parsing aborted") == true)
    }

    @Test func `operations, fragments and variables may have descriptions, and begin there`() throws {
        let document = try Parser.parse(
            """
            "What it is for."
            query Q("Which one." $a: Int) { ...F }
            \"\"\"
            Some fields.
            \"\"\"
            fragment F on T { a }
            """)
        #expect(document.operations.first?.location == SourceLocation(line: 1, column: 1))
        #expect(document.operations.first?.variables.first?.location == SourceLocation(line: 2, column: 9))
        #expect(document.fragments["F"]?.location == SourceLocation(line: 3, column: 1))
    }

    @Test func `definitions of types are read`() throws {
        let document = try Parser.parse(
            """
            \"\"\"Doc\"\"\" schema @a { query: Q }
            extend schema { mutation: M }
            scalar S
            type T implements A & B @d { "f" a(b: Int = 1 @x): [S!]! @deprecated }
            interface A implements B { a: Int }
            union U = | T | V
            enum E { A B @deprecated }
            input I { a: Int! = 3 }
            directive @d(a: Int) repeatable on FIELD | OBJECT
            extend type T { more: Int }
            """)
        #expect(document.definitions.count == 10)
    }
}
