import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Throttle of clients")
struct ClientThrottleTests {
    @Test func `S50 made-up client ids share one count, so that their text fills no memory`() async throws {
        let fixture = try await Fixture()
        func attempt(_ id: String) async throws {
            let form = Parameters([("client_id", id), ("client_secret", "x")])
            _ = try await fixture.authority.clients.authenticate(
                ClientCredentials(authorization: nil, form), trace: fixture.trace)
        }
        // One character each, and thousands of bytes.
        let marks = String(repeating: "\u{301}", count: 4_000)
        for number in 0...100 { await #expect(throws: OAuthError.self) { try await attempt("\(number)\(marks)") } }
        await #expect(throws: Throttled.self) { try await attempt("another") }
        await #expect(throws: OAuthError.self) { try await attempt("000000000000000000000000") }
    }
}
