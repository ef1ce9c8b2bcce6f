import Foundation
import Testing

@testable import SluiceServer

@Suite("The sandbox's clock")
struct SandboxClockTests {
    private let machine = TestClock()
    private var clock: SandboxClock { SandboxClock { [machine] in machine.now } }

    @Test func `it runs with the machine's clock, and ahead of it by what it was moved`() throws {
        let clock = clock
        #expect(clock.now == machine.now)
        try clock.advance(by: 60)
        try clock.advance(by: 1.5)
        #expect(clock.now == machine.now.addingTimeInterval(61.5))
        machine.advance(by: 10)
        #expect(clock.now == machine.now.addingTimeInterval(61.5))
        let target = machine.now.addingTimeInterval(3_600)
        try clock.move(to: target)
        #expect(clock.now == target)
        #expect(clock.offset == 3_600)
    }

    @Test func `it never goes back, and a refused move leaves it where it was`() throws {
        let clock = clock
        try clock.advance(by: 100)
        #expect(throws: SandboxClock.Problem.backwards) { try clock.advance(by: -1) }
        #expect(throws: SandboxClock.Problem.backwards) { try clock.move(to: machine.now.addingTimeInterval(99)) }
        #expect(clock.offset == 100)
        try clock.move(to: machine.now.addingTimeInterval(100))
        #expect(clock.offset == 100)
    }

    @Test func `it goes a hundred years ahead and no second further`() throws {
        let clock = clock
        try clock.advance(by: SandboxClock.limit)
        #expect(throws: SandboxClock.Problem.tooFar) { try clock.advance(by: 1) }
        #expect(clock.offset == SandboxClock.limit)
        #expect(throws: SandboxClock.Problem.tooFar) { try SandboxClock().advance(by: .infinity) }
    }

    @Test func `of simultaneous moves none is lost`() async throws {
        let clock = clock
        _ = try await simultaneously(50) { _ in try clock.advance(by: 1) }
        #expect(clock.offset == 50)
    }
}
