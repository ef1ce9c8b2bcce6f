import Testing

@testable import SluiceOAuth

@Suite("RFC 8259: strict JSON")
struct JSONValueTests {
    @Test(arguments: [
        ("{}", JSONValue.object([])),
        (" [ 1 , -2 ,\n3.5, 1e3 ] ", .array([.integer(1), .integer(-2), .otherNumber, .otherNumber])),
        ("\"a\\u0041\\n\\ud83e\\uddab\"", .string("aA\n🦫")), ("true", .bool(true)), ("null", .null),
        ("{\"a\":{\"b\":[]}}", .object([.init(name: "a", value: .object([.init(name: "b", value: .array([]))]))])),
        ("99999999999999999999", .otherNumber), ("-0", .integer(0)), ("\"\"", .string("")),
    ])
    func `JSON is read`(text: String, value: JSONValue) {
        #expect(JSONValue.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "{", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "[1,]", "[1 2]", "01", "-", "1.", ".5", "1e",
        "+1", "0x1",
        "tru", "True", "nul", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83e\"", "\"\\ud83ex\"",
        "\"\\ud83e\\u0041\"",
        "\"\\udd00\"", "\"\n\"", "{} {}", "{}x", "'a'", "{a:1}", "[[[[[[[[1]]]]]]]]", "\u{FEFF}{}", "NaN",
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[{\"b\":1,\"b\":2}]",
    ])
    func `what is not exactly JSON is refused, duplicate members too`(text: String) {
        #expect(JSONValue.parse(Array(text.utf8)) == nil)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(JSONValue.parse([0x22, 0xFF, 0x22]) == nil)
        #expect(JSONValue.parse([0x22, 0xC0, 0xAF, 0x22]) == nil)
        #expect(JSONValue.parse([0x22, 0x5C, 0x6E, 0xED, 0xA0, 0x80, 0x22]) == nil)
    }

    @Test func `reading undoes writing for any text`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let text = random.text(upTo: 20)
            let list = (0..<3).map { _ in random.text(upTo: 5) }
            var object = JSONText()
            object.add("text", text)
            object.add("list", list)
            object.add("number", Int64.random(in: .min ... .max, using: &random))
            object.add("flag", Bool.random(using: &random))
            let value = JSONValue.parse(object.utf8)
            #expect(value?["text"]?.string?.utf8.elementsEqual(text.utf8) == true)
            #expect(value?["list"] == .array(list.map(JSONValue.string)))
            #expect(value?["number"]?.integer != nil)
        }
    }

    @Test func `reading never traps, whatever the bytes`() {
        var random = SeededGenerator(seed: 4)
        let valid = Array("{\"a\":[1,2.5e-3,\"x\\u0041\\\\\",true,null],\"b\":{\"c\":\"é\"}}".utf8)
        for _ in 0..<5000 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            _ = JSONValue.parse(bytes)
        }
    }
}
