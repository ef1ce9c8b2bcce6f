import Testing

@testable import SluiceAuthority

@Suite("Time zones of accounts")
struct TimeZoneTests {
    @Test(arguments: [("Asia/Kabul", true), ("UTC", true), ("Asia/\u{212A}abul", false), ("Nowhere", false), ("", false)])
    func `a time zone is one of the names, byte for byte`(name: String, isKnown: Bool) async throws {
        let accounts = try await Fixture().authority.accounts
        #expect(((try? accounts.check(name: "Ada", timeZone: name)) != nil) == isKnown)
    }
}
