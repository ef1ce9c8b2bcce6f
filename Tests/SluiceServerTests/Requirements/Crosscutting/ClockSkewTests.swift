import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S127: clocks that differ")
struct ClockSkewTests {
    @Test(arguments: [-60.0, -30, 30, 60])
    func `S127 a node whose clock is up to 60 s off takes fresh tokens, and refuses ended ones at most 60 s late`(
        skew: TimeInterval
    ) async throws {
        let here = try await Installation()
        let there = try await Installation(store: here.store, clock: TestClock(here.clock.now.addingTimeInterval(skew)))
        let ada = try await Member(here)
        let tokens = try await CodeFlow(here, try await here.client(of: ada.account)).tokens(in: ada.browser)
        #expect(try await here.status(tokens.access) == 200)
        #expect(try await there.status(tokens.access) == 200, "issued \(skew) s from its now")
        // An hour and twice the allowed difference later it has ended by every clock.
        try await here.pass(3_600 + 120)
        try await there.pass(3_600 + 120)
        #expect(try await here.status(tokens.access) == 401)
        #expect(try await there.status(tokens.access) == 401)
    }

    @Test func `S69 S127 the allowance is 60 s and not a second more`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let tokens = try await CodeFlow(installation, try await installation.client(of: ada.account)).tokens(
            in: ada.browser)
        try await installation.pass(3_659)
        #expect(try await installation.status(tokens.access) == 200)
        try await installation.pass(1)
        #expect(try await installation.status(tokens.access) == 401)
    }

    @Test func `S127 a token from further in the future is refused`() async throws {
        let ahead = try await Installation()
        let behind = try await Installation(
            store: ahead.store, clock: TestClock(ahead.clock.now.addingTimeInterval(-62)))
        let ada = try await Member(ahead)
        let tokens = try await CodeFlow(ahead, try await ahead.client(of: ada.account)).tokens(in: ada.browser)
        #expect(try await behind.status(tokens.access) == 401)
    }
}
