import Testing

@testable import SluiceGraphQL

@Suite("ECMA-262, Number::toString: doubles as JavaScript writes them")
struct DoubleJavaScriptTests {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1.5, "1.5"), (-1.25e-6, "-0.00000125"), (1.25e-7, "1.25e-7"), (1e20, "100000000000000000000"),
            (1.2345678901234568e20, "123456789012345680000"), (1e21, "1e+21"), (1e300, "1e+300"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"),
            (9_223_372_036_854_775_808, "9223372036854776000"), (9_007_199_254_740_992, "9007199254740992"),
            (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
        ] as [(Double, String)])
    func `a double is written, and null where JSON has no number`(value: Double, text: String) {
        #expect(JSONValue.double(value).description == text)
    }
}
