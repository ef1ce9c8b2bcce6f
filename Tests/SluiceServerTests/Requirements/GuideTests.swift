import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("The whole way of Buffer's guide")
struct GuideTests {
    @Test func `S67 sign up, approve, exchange, refresh and call the API`() async throws {
        let installation = try await Installation()
        let browser = Browser(installation)
        #expect(try await browser.signUp().status == 200)
        let account = try #require(try await installation.authority.accounts.account(email: "ada@example.com"))
        let flow = CodeFlow(installation, try await installation.client(of: account))
        let tokens = try await flow.tokens(in: browser)
        let answer = try await installation.query(bearer: tokens.access)
        #expect(answer.status == 200)
        #expect(answer.body == #"{"data":{"account":{"id":"\#(account.id)","email":"ada@example.com"}}}"#)
        let refresh = try #require(tokens.refresh)
        let next = try await flow.refresh(refresh)
        #expect(next.status == 200)
        #expect(Tokens(next).refresh != refresh)
    }
}
