import Testing

@testable import SluiceGraphQL

@Suite("Variables of hostile size")
struct ValueCoercionTests {
    @Test func `forty thousand variables are coerced in time that grows with their number`() throws {
        // More than fifteen bytes, so that comparing two of them is work.
        let names = (0..<40_000).map { "aVariableOfThisName\($0)" }
        let text = "query (\(names.map { "$\($0): Int" }.joined(separator: " "))) { old }"
        let operation = try #require(try Parser.parse(text).operations.first)
        let provided = JSONObject(names.reversed().map { ($0, 1) })
        let coercion = ValueCoercion(schema: try Fixture.engine().schema)
        let start = ContinuousClock.now
        let coerced = try coercion.variables(of: operation, from: provided)
        // A tenth of a second in a debug build; minutes where each is searched for among all.
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(coerced.count == names.count)
    }
}
