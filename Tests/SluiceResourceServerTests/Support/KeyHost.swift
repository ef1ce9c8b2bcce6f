import SluiceClient
import SluiceOAuth
import Synchronization

/// The place where an issuer publishes its keys, and how it behaves.
final class KeyHost: Transport {
    enum Behaviour: Sendable {
        /// It publishes these keys.
        case keys([SigningKey], headers: [(name: String, value: String)] = [("Cache-Control", "public, max-age=300")])
        /// It answers something else.
        case answer(TransportResponse)
        /// It does not answer.
        case down
    }

    private struct State {
        var behaviour: Behaviour
        var requests: [TransportRequest] = []
        var gate: Gate?
    }

    private let state: Mutex<State>

    init(_ behaviour: Behaviour) { state = Mutex(State(behaviour: behaviour)) }

    /// From now on it behaves so.
    func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

    /// From now on it answers only once the gate is open.
    func hold(behind gate: Gate) { state.withLock { $0.gate = gate } }

    /// How often it was asked.
    var fetches: Int { state.withLock { $0.requests.count } }

    /// What it was asked.
    var requests: [TransportRequest] { state.withLock { $0.requests } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let gate = state.withLock { state in
            state.requests.append(request)
            return state.gate
        }
        await gate?.pass()
        switch state.withLock({ $0.behaviour }) {
        case .keys(let keys, let headers):
            return TransportResponse(
                status: 200, headers: headers, body: Array(JWKSet(keys.map(\.verificationKey)).json.utf8))
        case .answer(let answer): return answer
        case .down: throw .notSent("connection refused")
        }
    }
}
