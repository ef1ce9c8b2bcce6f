import Testing

@testable import SluiceOAuth

@Suite("CRC-32")
struct CRC32Tests {
    @Test func `the check value of the algorithm holds`() {
        #expect(CRC32.checksum(of: Array("123456789".utf8)[...]) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: []) == 0)
    }
}
