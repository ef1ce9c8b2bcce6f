import Testing

@testable import SluiceAuthority

@Suite("Ids")
struct IdentifierTests {
    @Test func `text and bytes lead back to the same id`() throws {
        let bytes: [UInt8] = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF, 9, 0xA, 0xB, 0xC, 0xD]
        let id = try #require(AccountID(bytes: bytes))
        #expect(id.text == "0001027f80feff090a0b0c0d")
        #expect(id.bytes == bytes)
        #expect(AccountID(id.text) == id)
        #expect(id.description == id.text)
    }

    @Test func `a thousand fresh ids survive the trip and are different`() throws {
        let ids = (0..<1_000).map { _ in GrantID(random: .system) }
        #expect(Set(ids).count == 1_000)
        for id in ids {
            #expect(GrantID(id.text) == id)
            #expect(GrantID(bytes: id.bytes) == id)
        }
    }

    @Test(arguments: [
        ("", "empty"), ("0001027f80feff090a0b0c0", "23 digits"), ("0001027f80feff090a0b0c0d0", "25 digits"),
        ("0001027f80feff090a0b0c0d00", "26 digits"), ("0001027F80feff090a0b0c0d", "a capital"),
        ("0001027g80feff090a0b0c0d", "no digit"), (" 001027f80feff090a0b0c0d", "a blank"),
        ("0001027f80feff090a0b0c0d\n", "a newline"), ("０001027f80feff090a0b0c0d", "a full-width digit"),
        ("-001027f80feff090a0b0c0d", "a sign"),
    ])
    func `only 24 lowercase hexadecimal digits are an id`(text: String, why: String) {
        #expect(AccountID(text) == nil, "\(why)")
    }

    @Test(arguments: [0, 11, 13, 24])
    func `only 12 bytes are an id`(count: Int) { #expect(AccountID(bytes: Array(repeating: 1, count: count)) == nil) }

    @Test func `order follows the bytes`() throws {
        let texts = ["000000000000000000000001", "00000000000000ff00000000", "ff0000000000000000000000"]
        let ids = try texts.map { try #require(ClientID($0)) }
        #expect(ids.reversed().sorted().map(\.text) == texts)
    }
}
