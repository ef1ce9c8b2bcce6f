import Foundation
import Testing

@testable import SluiceServer

@Suite("The list of calls")
struct CallLogTests {
    private func call(_ target: CallTarget?) -> Call {
        Call(
            at: Date(timeIntervalSince1970: 0), method: "POST", route: nil, target: target, status: 200,
            facts: Call.Facts(), fault: nil, duration: .zero)
    }

    @Test func `calls are told oldest first, by path and from a number on`() {
        let log = CallLog()
        for target in [CallTarget.api, .path("/token"), nil, .api] { log.add(call(target)) }
        #expect(log.view().calls.map(\.number) == [1, 2, 3, 4])
        #expect(log.view(.api).calls.map(\.number) == [1, 4])
        #expect(log.view(.path("/token")).calls.map(\.number) == [2])
        #expect(log.view(since: 2).calls.map(\.number) == [3, 4])
        #expect(log.view(.api, since: 1).calls.map(\.number) == [4])
        #expect(log.view(since: 99).last == 4)
    }

    @Test func `the newest thousand are kept, and it says how many had to make room`() {
        let log = CallLog()
        for _ in 0..<CallLog.capacity { log.add(call(.api)) }
        #expect(log.view().forgotten == 0)
        for _ in 0..<1_234 { log.add(call(.api)) }
        let view = log.view()
        #expect(view.calls.map(\.number) == Array(1_235...2_234))
        #expect(view.forgotten == 1_234)
        #expect(view.last == 2_234)
    }

    @Test func `clearing forgets all, and numbers go on`() {
        let log = CallLog()
        for _ in 0..<1_500 { log.add(call(.api)) }
        #expect(log.clear() == 1_000)
        #expect(log.view().calls.isEmpty)
        #expect(log.view().forgotten == 0)
        log.add(call(.api))
        #expect(log.view().calls.map(\.number) == [1_501])
        #expect(log.view().forgotten == 0)
    }
}
