import Crypto
import SluiceOAuth
import Testing

@Suite("Refresh tokens")
struct RefreshTokenTests {
    private let grant: [UInt8] = Array(0..<12)
    private let salt: [UInt8] = Array(100..<116)
    private let key = SymmetricKey(data: [UInt8](repeating: 0x6B, count: 32))
    private let text = "v1.AAECAwQFBgcICQoLAQIDBKYoAmGodUhOdlhhjPe2pNxzUali9vM44oIYKHcoGS9w"

    @Test func `S59 a token is v1 and base64url of grant, generation and HMAC-SHA256`() throws {
        // Computed with Python's hmac.
        let token = RefreshToken(grant: grant, generation: 0x0102_0304, salt: salt, key: key)
        #expect(token.text == text)
        let parsed = try #require(RefreshToken(text))
        #expect(parsed == token)
        #expect(parsed.grant == grant)
        #expect(parsed.generation == 0x0102_0304)
        #expect(parsed.isGenuine(salt: salt, key: key))
    }

    @Test func `S80 any single-character change, truncation or extension is refused`() {
        for changed in mutations(of: text, alphabet: probeAlphabet) {
            if let token = RefreshToken(changed), token.isGenuine(salt: salt, key: key) {
                Issue.record("a changed token is genuine")
            }
        }
        for length in 0..<text.utf8.count { #expect(RefreshToken(String(text.prefix(length))) == nil) }
    }

    @Test func `S80 flipping the case of any letter is refused`() {
        for (index, character) in text.enumerated() where character.isLetter {
            var changed = Array(text)
            changed[index] = Character(character.isUppercase ? character.lowercased() : character.uppercased())
            #expect(RefreshToken(String(changed))?.isGenuine(salt: salt, key: key) != true)
        }
    }

    @Test func `S80 another key, salt, grant or generation makes another token`() throws {
        let token = try #require(RefreshToken(text))
        #expect(!token.isGenuine(salt: salt, key: SymmetricKey(data: [UInt8](repeating: 0x6C, count: 32))))
        #expect(!token.isGenuine(salt: salt.reversed(), key: key))
        #expect(!token.isGenuine(salt: [], key: key))
        let next = RefreshToken(grant: grant, generation: 0x0102_0305, salt: salt, key: key)
        #expect(next.text != text)
        #expect(next.text.dropFirst(24) != text.dropFirst(24), "the code depends on the generation")
    }

    @Test(arguments: ["", "v1.", "v2.", "v1", "V1."])
    func `another prefix is refused`(prefix: String) {
        #expect(RefreshToken(prefix + text.dropFirst(3)) == nil || prefix == "v1.")
        #expect(RefreshToken(prefix) == nil)
    }

    @Test func `reading undoes writing for any grant and generation`() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let grant = random.bytes(12)
            let salt = random.bytes(16)
            let generation = UInt32.random(in: 0 ... .max, using: &random)
            let token = RefreshToken(grant: grant, generation: generation, salt: salt, key: key)
            let parsed = try #require(RefreshToken(token.text))
            #expect(parsed.grant == grant && parsed.generation == generation)
            #expect(parsed.isGenuine(salt: salt, key: key))
            #expect(token.text.utf8.count == 67)
        }
    }

    @Test func `printing one does not show it`() throws {
        #expect("\(try #require(RefreshToken(text)))" == "RefreshToken(generation 16909060)")
    }
}
