import Foundation
import SluiceClient

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The SDK's transport over Foundation, over real sockets.
struct URLSessionTransport: Transport {
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        guard let url = URL(string: request.url) else { throw .notSent("no address") }
        var outgoing = URLRequest(url: url, timeoutInterval: request.timeout / .seconds(1))
        outgoing.httpMethod = request.method.rawValue
        for (name, value) in request.headers { outgoing.addValue(value, forHTTPHeaderField: name) }
        if !request.body.isEmpty { outgoing.httpBody = Data(request.body) }
        do {
            let (body, answer) = try await URLSession.shared.data(for: outgoing)
            guard let answer = answer as? HTTPURLResponse else { throw TransportError.answerLost("no HTTP") }
            let headers = answer.allHeaderFields.map { (name: "\($0.key)", value: "\($0.value)") }
            return TransportResponse(status: answer.statusCode, headers: headers, body: Array(body))
        } catch let error as URLError where error.code == .cannotConnectToHost {
            throw .notSent("connection refused")
        } catch {
            throw .answerLost("connection lost")
        }
    }
}
