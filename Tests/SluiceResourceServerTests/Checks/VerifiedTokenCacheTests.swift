import Foundation
import SluiceOAuth
import Testing

@testable import SluiceResourceServer

@Suite("The memory of verified tokens")
struct VerifiedTokenCacheTests {
    private func bearer(_ name: String) -> VerifiedBearer {
        VerifiedBearer(accountID: name, clientID: "app", scopes: Scopes(), expiresAt: .distantFuture)
    }

    private func hash(_ number: Int) -> SecretHash { SecretHash(of: "token \(number)") }

    @Test func `it keeps no more than twice its capacity, and what is used`() {
        var cache = VerifiedTokenCache(capacity: 10)
        for number in 0..<100 {
            cache.insert(bearer("\(number)"), for: hash(number), generation: 1)
            #expect(cache.bearer(hash(0), generation: 1)?.accountID == "0", "used at each step, so never forgotten")
        }
        let kept = (0..<100).filter { cache.bearer(hash($0), generation: 1) != nil }
        #expect(kept.count <= 20)
    }

    @Test func `what other keys said is not believed, whenever it comes`() {
        var cache = VerifiedTokenCache(capacity: 10)
        cache.insert(bearer("old"), for: hash(1), generation: 1)
        #expect(cache.bearer(hash(1), generation: 2) == nil)
        cache.insert(bearer("new"), for: hash(2), generation: 2)
        cache.insert(bearer("late"), for: hash(1), generation: 1)
        #expect(cache.bearer(hash(1), generation: 2) == nil)
        #expect(cache.bearer(hash(1), generation: 1) == nil)
        #expect(cache.bearer(hash(2), generation: 2)?.accountID == "new")
    }
}
