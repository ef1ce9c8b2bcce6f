import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Faults that wait")
struct FaultPlanTests {
    private let refused = Fault(effect: .oauthError(.invalidGrant))
    private let broken = Fault(effect: .status(500, retryAfter: nil, window: .quarterHour))
    private let token = CallTarget.path("/token")

    @Test func `a fault meets as many requests as it was asked to, and then the next rule's comes`() throws {
        let plan = FaultPlan()
        #expect(plan.take(at: token, method: "POST", grantType: nil) == nil)
        _ = try #require(plan.add(refused, at: token, times: 2))
        _ = try #require(plan.add(broken, at: .all, times: 1))
        let met = (0..<4).map { _ in plan.take(at: token, method: "POST", grantType: .refreshToken) }
        #expect(met == [refused, refused, broken, nil])
        #expect(plan.rules.isEmpty)
    }

    @Test func `a rule waits for its own path, method and grant type alone`() throws {
        let plan = FaultPlan()
        _ = try #require(plan.add(refused, at: token, method: "POST", grantType: .refreshToken, times: 1))
        #expect(plan.take(at: .api, method: "POST", grantType: nil) == nil)
        #expect(plan.take(at: .path("/auth"), method: "GET", grantType: nil) == nil)
        #expect(plan.take(at: token, method: "OPTIONS", grantType: .refreshToken) == nil)
        #expect(plan.take(at: token, method: "POST", grantType: .authorizationCode) == nil)
        #expect(plan.take(at: token, method: "POST", grantType: nil) == nil)
        #expect(plan.rules.map(\.times) == [1])
        #expect(plan.take(at: token, method: "POST", grantType: .refreshToken) == refused)
    }

    @Test func `clearing forgets all, and numbers go on`() throws {
        let plan = FaultPlan()
        #expect(plan.add(refused, at: .all, times: 5)?.number == 1)
        #expect(plan.add(broken, at: .api, times: 5)?.number == 2)
        #expect(plan.clear() == 2)
        #expect(plan.rules.isEmpty)
        #expect(plan.take(at: .api, method: "POST", grantType: nil) == nil)
        #expect(plan.add(broken, at: .api, times: 5)?.number == 3)
    }

    @Test func `a hundred rules may wait and no more`() {
        let plan = FaultPlan()
        for _ in 0..<FaultPlan.limit { #expect(plan.add(broken, at: .all, times: 1) != nil) }
        #expect(plan.add(broken, at: .all, times: 1) == nil)
        #expect(plan.rules.count == FaultPlan.limit)
    }

    @Test func `of fifty simultaneous requests a fault for ten meets ten`() async throws {
        let plan = FaultPlan()
        _ = try #require(plan.add(broken, at: .all, times: 10))
        let met = try await simultaneously(50) { _ in plan.take(at: .api, method: "POST", grantType: nil) }
        #expect(met.compactMap(\.self).count == 10)
    }

    @Test func `a target is a path that the server has, the API by both its paths, or all`() {
        let known: Set = ["/token", "/auth"]
        #expect(CallTarget("/token", known: known) == .path("/token"))
        #expect(CallTarget("/", known: known) == .api)
        #expect(CallTarget("/graphql", known: known) == .api)
        #expect(CallTarget("*", known: known) == .all)
        for text in ["", "token", "/token/", "/nothing", "/sandbox/clock"] { #expect(CallTarget(text, known: known) == nil) }
    }
}
