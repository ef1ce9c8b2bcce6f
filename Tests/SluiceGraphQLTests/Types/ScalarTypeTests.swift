import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §3.5: what resolvers give as scalars")
struct ScalarTypeTests {
    private func serialize(_ name: String, _ value: JSONValue) throws -> JSONValue {
        guard case .scalar(let type)? = try Fixture.engine().schema.type(named: name) else { return .null }
        return try type.serialize(value)
    }

    @Test(
        arguments: [
            ("Int", 2_147_483_647, 2_147_483_647), ("Int", 3.0, 3), ("Int", true, 1), ("Int", "12", 12),
            ("Float", 3, 3), ("Float", "1.5", 1.5), ("Float", false, 0),
            ("String", 1, "1"), ("String", 2.5, "2.5"), ("String", true, "true"), ("String", 1e21, "1e+21"),
            ("Boolean", 0, false), ("Boolean", 2.5, true), ("Boolean", true, true),
            ("ID", 7, "7"), ("ID", 3.0, "3"), ("ID", "x", "x"),
        ] as [(String, JSONValue, JSONValue)])
    func `what means the same is taken`(type: String, given: JSONValue, written: JSONValue) throws {
        #expect(try serialize(type, given).description == written.description)
    }

    @Test(
        arguments: [
            ("Int", 2_147_483_648, "Int cannot represent non 32-bit signed integer value: 2147483648"),
            ("Int", 1.5, "Int cannot represent non-integer value: 1.5"),
            ("Int", "x", "Int cannot represent non-integer value: \"x\""),
            ("Int", "", "Int cannot represent non-integer value: \"\""),
            ("Int", 1e300, "Int cannot represent non 32-bit signed integer value: 1e+300"),
            ("Int", .double(.nan), "Int cannot represent non-integer value: null"),
            ("Int", .double(.infinity), "Int cannot represent non 32-bit signed integer value: null"),
            ("Float", .double(.infinity), "Float cannot represent non numeric value: null"),
            ("Boolean", .double(.nan), "Boolean cannot represent a non boolean value: null"),
            ("ID", .double(-.infinity), "ID cannot represent value: null"),
            ("Float", "x", "Float cannot represent non numeric value: \"x\""),
            ("String", [1], "String cannot represent value: [1]"),
            ("Boolean", "true", "Boolean cannot represent a non boolean value: \"true\""),
            ("ID", true, "ID cannot represent value: true"),
            ("ID", 1.5, "ID cannot represent value: 1.5"),
        ] as [(String, JSONValue, String)])
    func `anything else fails, in graphql-js's words`(type: String, given: JSONValue, message: String) {
        #expect(throws: GraphQLError(message)) { try serialize(type, given) }
    }

    @Test(
        arguments: [
            ("Int", 1e300, "Int cannot represent non 32-bit signed integer value: 1e+300"),
            ("Int", .double(.nan), "Int cannot represent non-integer value: null"),
            ("ID", 1e300, "ID cannot represent value: 1e+300"),
            ("ID", .double(.infinity), "ID cannot represent value: null"),
        ] as [(String, JSONValue, String)])
    func `a number in a variable that its type does not hold is refused`(name: String, given: JSONValue, message: String) throws {
        guard case .scalar(let type)? = try Fixture.engine().schema.type(named: name) else { return #expect(Bool(false)) }
        #expect(throws: GraphQLError(message)) { try type.parse(given) }
    }

    @Test(
        arguments: [("1e999", .null), ("-1e999", .null), (String(repeating: "9", count: 400), .null), ("1e3", 1_000.0)]
            as [(String, JSONValue)])
    func `a scalar of the schema's own never sees a number that JSON cannot say`(text: String, seen: JSONValue) throws {
        for kind in [ValueNode.Kind.float(text), .int(text)] {
            #expect(ValueNode(kind: kind, location: SourceLocation(line: 1, column: 1)).untyped == seen)
        }
    }

    @Test(
        arguments: [
            ([[[[1]]]], "[[[Array]]]"),
            (["a": ["b": ["c": 1]]], "{ a: { b: [Object] } }"),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]"),
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 2 more items]"),
            ([[:], []], "[{}, []]"),
        ] as [(JSONValue, String)])
    func `a value in a message is cut where it is deep or long`(value: JSONValue, text: String) {
        #expect(value.inspected == text)
    }
}
