import SluiceOAuth
import Testing

@Suite("Hashes of secrets")
struct SecretHashTests {
    @Test func `it is the SHA-256 of the text`() {
        let hash = SecretHash(of: "abc")
        let hex = hash.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(hash.matches("abc"))
        #expect(!hash.matches("abd"))
        #expect(!hash.matches(""))
    }

    @Test func `a stored hash has 32 bytes or is none`() {
        #expect(SecretHash(bytes: SecretHash(of: "abc").bytes) == SecretHash(of: "abc"))
        #expect(SecretHash(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(SecretHash(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    @Test func `Unicode-equivalent texts are different secrets`() {
        #expect(!SecretHash(of: "\u{212A}").matches("K"))
    }
}
