import SluiceOAuth
import Testing

@Suite("application/x-www-form-urlencoded")
struct ParametersTests {
    private func parse(_ text: String) throws -> [[String]] {
        try Parameters(formEncoded: text.utf8).pairs.map { [$0.name, $0.value] }
    }

    @Test(arguments: [
        ("", []), ("a=1&b=2", [["a", "1"], ["b", "2"]]), ("a", [["a", ""]]), ("a=", [["a", ""]]), ("=1", [["", "1"]]),
        ("a=1=2", [["a", "1=2"]]), ("a=1&&b=2&", [["a", "1"], ["b", "2"]]), ("a+b=c+d%20e", [["a b", "c d e"]]),
        ("a%3D=%26%2B%25", [["a=", "&+%"]]), ("a=%C3%A9é", [["a", "éé"]]), ("a=1&a=2", [["a", "1"], ["a", "2"]]),
        ("a[]=1&a[x]=2", [["a[]", "1"], ["a[x]", "2"]]), ("a=1;b=2", [["a", "1;b=2"]]), ("a=%00", [["a", "\u{0}"]]),
        ("?a=1", [["?a", "1"]]),
    ])
    func `S31 S36 pairs are read in order, plus and percent-20 are spaces`(text: String, pairs: [[String]]) throws {
        #expect(try parse(text) == pairs)
    }

    @Test(arguments: [
        "a=%", "a=%2", "a=%zz", "a=%2g&b=1", "%=1", "%a=1", "a=1&b=%%", "a=%C3", "a=%FF", "a=%C0%AF", "a=%ED%A0%80",
    ])
    func `S45 a broken escape or invalid UTF-8 is invalid_request`(text: String) {
        #expect(code { _ = try parse(text) } == .invalidRequest)
    }

    @Test func `S45 raw bytes that are not UTF-8 are invalid_request`() {
        #expect(code { _ = try Parameters(formEncoded: [0x61, 0x3D, 0xFF]) } == .invalidRequest)
        #expect(code { _ = try Parameters(formEncoded: [0xC3, 0x3D, 0x61]) } == .invalidRequest)
    }

    @Test func `an escape does not reach across the end of its value`() {
        #expect(code { _ = try parse("a=%4&b=1") } == .invalidRequest)
        #expect(code { _ = try parse("a%4=1") } == .invalidRequest)
    }

    @Test func `there may be 200 pairs and not one more`() throws {
        #expect(try parse(String(repeating: "a=1&", count: 200)).count == 200)
        #expect(code { _ = try parse(String(repeating: "a=1&", count: 201)) } == .invalidRequest)
    }

    @Test func `S36 a repeat is refused, an empty value is absent`() throws {
        let parameters = try Parameters(formEncoded: "a=1&b=&c=1&c=1&d=&d=2".utf8)
        #expect(try parameters.value("a") == "1")
        #expect(try parameters.value("b") == nil)
        #expect(try parameters.value("x") == nil)
        #expect(code { _ = try parameters.value("c") } == .invalidRequest)
        #expect(code { _ = try parameters.value("d") } == .invalidRequest)
        #expect(parameters.all("d") == ["", "2"])
        #expect(parameters.isRepeated("c") && !parameters.isRepeated("a") && !parameters.isRepeated("x"))
        #expect(parameters.repeats() == ["c", "d"])
        #expect(parameters.repeats(except: ["c"]) == ["d"])
    }

    @Test func `S36 a repeat cannot be hidden by escaping its name`() throws {
        let parameters = try Parameters(formEncoded: "state=1&st%61te=2".utf8)
        #expect(code { _ = try parameters.value("state") } == .invalidRequest)
    }

    @Test func `reading undoes writing for any text`() throws {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<500 {
            let pairs = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                (random.text(upTo: 8), random.text(upTo: 16))
            }
            // A pair without name and value is written as `=`, and read as such.
            let text = Parameters.encode(pairs)
            #expect(try Parameters(formEncoded: text.utf8) == Parameters(pairs))
            #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
    }

    @Test func `reading never traps, whatever the bytes`() {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? Array("&=%+aF9".utf8).randomElement(using: &random) ?? 0
                    : UInt8.random(in: 0...255, using: &random)
            }
            _ = try? Parameters(formEncoded: bytes)
        }
    }

    @Test func `printing parameters does not show their values`() {
        #expect("\(Parameters([("client_secret", "hunter2")]))" == "Parameters(1)")
    }
}
