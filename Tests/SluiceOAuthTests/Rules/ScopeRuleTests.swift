import SluiceOAuth
import Testing

@Suite("RFC 6749 §6: scopes of a refresh")
struct ScopeRuleTests {
    private let granted = Scopes.named("posts:read posts:write offline_access")

    @Test func `S78 nothing named is everything granted, a subset narrows`() throws {
        #expect(try ScopeRule.refreshed(nil, granted: granted) == granted)
        #expect(try ScopeRule.refreshed(.named("posts:read"), granted: granted) == .named("posts:read"))
    }

    @Test func `S79 more than granted is invalid_scope`() {
        #expect(
            code { _ = try ScopeRule.refreshed(.named("posts:read ideas:read"), granted: granted) } == .invalidScope)
    }
}
