import Foundation
import SluiceClient
import SluiceOAuth
import Synchronization

/// A transport that answers from a script and remembers what it was asked. A request behind the script's end is answered with 599,
/// which no test expects.
final class ScriptedTransport: Transport {
    /// One answer, or the failure in its place.
    enum Step: Sendable {
        case answer(TransportResponse)
        case failure(TransportError)
        /// Loses the answer if the task that sent was cancelled; otherwise goes on with the next step.
        case lostIfCancelled
        /// Runs first, then goes on with the next step.
        case meanwhile(@Sendable () async -> Void)

        static func json(_ status: Int, _ body: String, _ headers: [(name: String, value: String)] = []) -> Step {
            .answer(
                TransportResponse(
                    status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(body.utf8)))
        }

        /// The token endpoint's answer, as Buffer documents it.
        static func tokens(
            _ access: String, refresh: String? = nil, expiresIn: Int = 3600, scope: String? = "posts:read offline_access"
        ) -> Step {
            let members = [
                #""access_token":"\#(access)""#, refresh.map { #""refresh_token":"\#($0)""# }, #""token_type":"Bearer""#,
                #""expires_in":\#(expiresIn)"#, scope.map { #""scope":"\#($0)""# },
            ].compactMap { $0 }
            return .json(200, "{" + members.joined(separator: ",") + "}")
        }

        static func refused(_ code: String, _ text: String = "No.", status: Int = 400) -> Step {
            .json(status, #"{"error":"\#(code)","error_description":"\#(text)"}"#)
        }
    }

    private let state: Mutex<(steps: [Step], requests: [TransportRequest])>

    init(_ steps: Step...) { state = Mutex((steps, [])) }

    var requests: [TransportRequest] { state.withLock { $0.requests } }
    var isSpent: Bool { state.withLock { $0.steps.isEmpty } }

    /// The forms that were posted.
    var forms: [SluiceOAuth.Parameters] {
        requests.compactMap { try? SluiceOAuth.Parameters(formEncoded: $0.body) }
    }

    func then(_ steps: Step...) { state.withLock { $0.steps += steps } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        state.withLock { $0.requests.append(request) }
        while true {
            let step = state.withLock { $0.steps.isEmpty ? nil : $0.steps.removeFirst() }
            switch step {
            case .answer(let answer): return answer
            case .failure(let error): throw error
            case .lostIfCancelled: if Task.isCancelled { throw .answerLost("cancelled") }
            case .meanwhile(let work): await work()
            case nil: return TransportResponse(status: 599)
            }
        }
    }
}

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { moment.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

extension SluiceOAuth.Parameters {
    subscript(name: String) -> String? { try? value(name) }
}
