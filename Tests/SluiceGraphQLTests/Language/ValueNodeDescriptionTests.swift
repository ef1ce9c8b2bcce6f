import Testing

@testable import SluiceGraphQL

@Suite("Literals as graphql-js prints them")
struct ValueNodeDescriptionTests {
    private func value(_ text: String) throws -> ValueNode {
        let document = try Parser.parse("{ a(b: \(text)) }")
        guard case .field(let field)? = document.operations.first?.selectionSet.selections.first else {
            throw GraphQLError("no field")
        }
        return field.arguments[0].value
    }

    @Test(arguments: [
        ("{a:[1,-2.5e3 $v],b:ENUM c:{},d:[] e:null f:true}", "{a: [1, -2.5e3, $v], b: ENUM, c: {}, d: [], e: null, f: true}"),
        (#""\u0001\u007f\u0085é\"\\\n\t\b\f\r""#, #""\u0001\u007F\u0085é\"\\\n\t\b\f\r""#),
        ("\"\"\"one line\"\"\"", "\"\"\"one line\"\"\""),
        ("\"\"\"\n  two\n  lines\n\"\"\"", "\"\"\"\ntwo\nlines\n\"\"\""),
        ("\"\"\"a \\\"\"\" b\"\"\"", "\"\"\"a \\\"\"\" b\"\"\""),
        ("\"\"\"ends in \\\\ \"\"\"", "\"\"\"ends in \\\\ \"\"\""),
        ("\"\"\"\"quoted\" \"\"\"", "\"\"\"\"quoted\" \"\"\""),
    ])
    func `a literal is printed`(text: String, printed: String) throws {
        #expect(try value(text).description == printed)
    }

    @Test func `in a message a long literal is cut`() throws {
        let long = try value("[" + String(repeating: "12345 ", count: 2_000) + "]").inspected
        #expect(long.hasPrefix("[12345, 12345, "))
        #expect(long.hasSuffix("…"))
        #expect(long.count == 501)
    }
}
