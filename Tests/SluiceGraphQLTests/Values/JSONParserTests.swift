import Testing

@testable import SluiceGraphQL

@Suite("RFC 8259: JSON")
struct JSONParserTests {
    @Test(arguments: [
        (#"{"a":[1,-2,3.5,1e2,true,false,null,"x"]}"#, #"{"a":[1,-2,3.5,100,true,false,null,"x"]}"#),
        (#" { } "#, "{}"),
        (#""\u00e9\ud83d\ude00\n\/""#, #""é😀\n/""#),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1e-7", "1e-7"),
        ("1E-6", "0.000001"),
        ("-1234.5e-10", "-1.2345e-7"),
        ("1e21", "1e+21"),
        ("123456789012345678901", "123456789012345680000"),
        ("0.1e2", "10"),
        ("1.5e300", "1.5e+300"),
        ("\"\\u0000\\u001f\\\"\\\\\"", "\"\\u0000\\u001f\\\"\\\\\""),
    ])
    func `a value reads and writes`(text: String, written: String) throws {
        #expect(try JSONParser().parse(text).description == written)
    }

    @Test func `whole numbers are exact and larger ones become doubles`() throws {
        #expect(try JSONParser().parse("9007199254740993") == .int(9_007_199_254_740_993))
        #expect(try JSONParser().parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSONParser().parse("1.0") == .double(1))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "01", "-", "1.", ".5", "1e", "+1", "nul",
        "truee",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\n\"", "1 2", "NaN",
        "1e999",
        "'a'", "[1}", "// c\n1", "\u{FEFF}1", "{\"a\":1,\"a\":2}",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSONParser().parse(text) }
    }

    @Test func `invalid UTF-8 is refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] {
            #expect(throws: JSONError.self) { try JSONParser().parse([0x22] + bytes + [0x22]) }
            #expect(throws: JSONError.self) { try JSONParser().parse([0x22, 0x5C, 0x6E] + bytes + [0x22]) }
        }
    }

    @Test(arguments: ["\u{301}", "\\u0323", "\u{F73}", "\u{903}", "\u{20DD}", "\u{1D165}"])
    func `thirty combining marks in a row pass, in a name as in a value, and one more does not`(mark: String) {
        let (most, more) = (String(repeating: mark, count: 30), String(repeating: mark, count: 31))
        #expect(throws: Never.self) { try JSONParser().parse("{\"e\(most)e\(most)\": \"é\(most)\"}") }
        #expect(throws: JSONError.self) { try JSONParser().parse("{\"\(more)\": 1}") }
        #expect(throws: JSONError.self) { try JSONParser().parse("[\"e\(more)\"]") }
    }

    @Test func `a megabyte of combining marks is refused at once`() {
        let text = "{\"\(String(repeating: "\u{301}\u{323}", count: 250_000))\": 1}"
        let start = ContinuousClock.now
        #expect(throws: JSONError.self) { try JSONParser().parse(text) }
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `depth and size are bounded`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try JSONParser(depthLimit: 64).parse(nested(64)) }
        #expect(throws: JSONError.self) { try JSONParser(depthLimit: 64).parse(nested(65)) }
        #expect(throws: JSONError.self) { try JSONParser().parse(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONError.self) { try JSONParser(limitInBytes: 3).parse("1234") }
    }

    @Test(arguments: [2, 16, 17, 100])
    func `a repeated member is refused, also among many`(count: Int) {
        for repeated in [0, count - 1] {
            let many = (0..<count).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
            #expect(throws: Never.self) { try JSONParser().parse("{\(many)}") }
            #expect(throws: JSONError.self) { try JSONParser().parse("{\(many),\"k\(repeated)\":0}") }
        }
    }
}
