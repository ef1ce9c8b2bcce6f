import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Access tokens that were made short-lived on purpose")
struct ShortTokenTests {
    @Test(arguments: [(2.0, 1.9, 2.1), (60.0, 60.9, 61.1), (3_600.0, 3_659.9, 3_660.1)])
    func `S69 S127 the allowance for clocks is a sixtieth of the lifetime, at most a minute`(
        lifetime: Double, within: Double, past: Double
    ) async throws {
        let installation = try await Installation { $0.accessTokenLifetime = .seconds(lifetime) }
        let browser = Browser(installation)
        try await browser.signUp()
        let account = try #require(try await installation.authority.accounts.account(email: "ada@example.com"))
        let tokens = try await CodeFlow(installation, try await installation.client(of: account)).tokens(in: browser)
        try await installation.authority.catchUp()
        installation.clock.advance(by: within)
        try await installation.authority.catchUp()
        #expect(try await installation.query(bearer: tokens.access).status == 200, "within the allowance")
        installation.clock.advance(by: past - within)
        try await installation.authority.catchUp()
        #expect(try await installation.query(bearer: tokens.access).status == 401, "past it")
    }
}
