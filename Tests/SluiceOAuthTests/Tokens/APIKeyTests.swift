import SluiceOAuth
import Testing

@Suite("API keys and client secrets")
struct APIKeyTests {
    @Test func `S7 a key is the prefix, 43 base62 digits and their CRC-32`() {
        // Computed with Python's integers and zlib.
        #expect(APIKey(random: Array(0..<32)).text == "buf_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf3KJaRH")
        #expect(
            APIKey(random: .init(repeating: 0, count: 32)).text
                == "buf_00000000000000000000000000000000000000000002nQqH5")
        #expect(
            APIKey(random: .init(repeating: 255, count: 32)).text
                == "buf_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp10w7aCZ")
        #expect(ClientSecret(random: Array(0..<32)).text == "sls_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf0ctmj1")
    }

    @Test func `S7 any single-character change is refused by the checksum`() throws {
        var random = SeededGenerator(seed: 10)
        for _ in 0..<5 {
            let key = APIKey(random: random.bytes(32))
            #expect(APIKey(key.text)?.text == key.text)
            for text in mutations(of: key.text, alphabet: probeAlphabet) where APIKey(text) != nil {
                Issue.record("a changed key has a right checksum")
            }
        }
    }

    @Test(arguments: [
        "", "buf_", "buf_abc123", "BUF_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf3KJaRH",
        "sls_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf0ctmj1",
        "buf_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf0ctmj1",
        "buf-003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf3KJaRH",
    ])
    func `another shape or kind is no key`(text: String) {
        #expect(APIKey(text) == nil)
    }

    @Test func `a client secret has its own prefix and checksum`() {
        let secret = ClientSecret(random: Array(0..<32))
        #expect(ClientSecret(secret.text)?.hash == secret.hash)
        #expect(ClientSecret("buf_" + secret.text.dropFirst(4)) == nil)
        for text in mutations(of: secret.text, alphabet: probeAlphabet) where ClientSecret(text) != nil {
            Issue.record("a changed secret has a right checksum")
        }
    }

    @Test func `S12 printing one shows no more than its end`() {
        let key = APIKey(random: Array(0..<32))
        let secret = ClientSecret(random: Array(0..<32))
        #expect("\(key)" == "APIKey(buf_…JaRH)")
        #expect(key.lastFour == "JaRH")
        #expect("\(Optional(secret) as Any) \([key])".contains("TJC7") == false)
    }

    @Test func `what is stored is the hash of the whole text`() {
        let key = APIKey(random: Array(0..<32))
        #expect(key.hash.matches(key.text))
        #expect(!key.hash.matches(String(key.text.dropLast())))
    }
}
