import SluiceOAuth
import Testing

@Suite("RFC 4648 §5: base64url")
struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648 section 10 hold without padding`(plain: String, encoded: String) {
        #expect(Base64URL.encode(plain.utf8) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test func `the two last characters are minus and underscore`() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test(arguments: [
        ("padding", "Zg=="), ("standard alphabet", "+/8"), ("impossible length", "Z"), ("unused bits set", "Zh"),
        ("unused bits set, two bytes", "Zm9"), ("line break", "Zm9v\n"), ("space", "Zm 9v"),
        ("letter beyond ASCII", "Zm9é"),
    ])
    func `what no encoder writes is refused`(why: String, text: String) {
        #expect(Base64URL.decode(text) == nil, "\(why)")
    }

    @Test func `decoding undoes encoding for every length`() {
        var random = SeededGenerator(seed: 1)
        for length in 0..<200 {
            let bytes = random.bytes(length)
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
            #expect(text.utf8.count == (length * 4 + 2) / 3)
        }
    }
}
