import Foundation
import SluiceAuthority
import Synchronization

/// One request that a sandbox got. It names things by their ids; no secret, no address and, but for
/// an operation's name, no text of the request is in it.
struct Call: Sendable {
    /// What is known of a request before it is answered.
    struct Facts: Sendable {
        /// The client that the request names.
        var clientID: ClientID?
        /// What it asks of the token endpoint.
        var grantType: GrantType?
        /// The grant that its code or token belongs to.
        var grantID: GrantID?
        /// The API key that it carries.
        var keyID: APIKeyID?
        /// What it asks of the API: `query` or `mutation`.
        var operationKind: String?
        /// The name that it gives to that, cut to ``nameLimit``.
        var operationName: String?

        /// How many characters of a name are kept: the client makes it up, and a body may be long.
        static let nameLimit = 100
    }

    /// Counted from 1.
    var number = 0
    /// When it came, by the sandbox's clock.
    let at: Date
    /// A method that we know, or `other`.
    let method: String
    /// The path as its route names it; `nil` if there is no such.
    let route: String?
    /// Where it belongs, for the filter.
    let target: CallTarget?
    /// The answer's status; `nil` if the connection ended before there was one. After `drop after` it is the status that was lost.
    let status: Int?
    /// What is known of it.
    let facts: Facts
    /// The fault that it met.
    let fault: String?
    /// How long the answer took.
    let duration: Duration
}

/// The newest calls, oldest first.
final class CallLog: Sendable {
    /// How many are kept.
    static let capacity = 1_000

    private struct State {
        var calls: [Call] = []
        /// Where the oldest is, once all places are taken.
        var start = 0
        var count = 0
        var cleared = 0
    }

    private let state = Mutex(State())

    /// Keeps one more, in the place of the oldest if there are too many.
    func add(_ call: Call) {
        state.withLock { state in
            var call = call
            state.count += 1
            call.number = state.count
            guard state.calls.count == Self.capacity else { return state.calls.append(call) }
            state.calls[state.start] = call
            state.start = (state.start + 1) % Self.capacity
        }
    }

    /// What was kept.
    struct View: Sendable {
        let calls: [Call]
        /// The number of the newest call there ever was; 0 for none.
        let last: Int
        /// How many had to make room since the list was last cleared.
        let forgotten: Int
    }

    /// The calls behind number `since` that `target` includes.
    func view(_ target: CallTarget = .all, since: Int = 0) -> View {
        state.withLock { state in
            let ordered = state.calls[state.start...] + state.calls[..<state.start]
            let chosen = ordered.filter { call in
                call.number > since && (target == .all || call.target.map(target.includes) ?? false)
            }
            return View(
                calls: chosen, last: state.count, forgotten: state.count - state.cleared - state.calls.count)
        }
    }

    /// Forgets all; numbers go on.
    /// - Returns: How many there were.
    func clear() -> Int {
        state.withLock { state in
            defer { (state.calls, state.start, state.cleared) = ([], 0, state.count) }
            return state.calls.count
        }
    }
}
