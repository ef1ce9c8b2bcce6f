import SluiceClient
import SluiceHTTPTransport
import Synchronization

/// A connection that breaks at the worst moment: the request was answered, and the answer never arrives; or the request never left.
final class CutTransport: Transport {
    enum Cut: Sendable {
        /// The server commits; the client learns nothing.
        case afterCommit
        /// The connection breaks while the request is on its way: the server sees nothing, which the client cannot know.
        case beforeArrival
    }

    private let cuts: Mutex<[Cut?]>

    /// - Parameter cuts: What happens to the first token requests, in order.
    init(_ cuts: Cut?...) { self.cuts = Mutex(cuts) }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let cut = request.url.hasSuffix("/token") ? cuts.withLock { $0.isEmpty ? nil : $0.removeFirst() } : nil
        switch cut {
        case nil: return try await AsyncHTTPTransport.shared.send(request)
        case .afterCommit:
            _ = try await AsyncHTTPTransport.shared.send(request)
            throw .answerLost("cut after the server had committed")
        case .beforeArrival: throw .answerLost("cut on the way")
        }
    }
}
