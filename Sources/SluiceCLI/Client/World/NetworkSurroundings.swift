import Foundation
import SluiceClient
import SluiceHTTPTransport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the commands that talk to a server take from the world besides, so that tests can hand them something else.
struct NetworkSurroundings: Sendable {
    /// Sends the requests.
    var transport: any Transport
    /// When a request to the API is sent again.
    var retries: RetryPolicy
    /// Shows an address in a browser of the person at this machine. `false` if there is none that could be started.
    var openBrowser: @Sendable (_ url: String, _ surroundings: Surroundings) -> Bool
    /// Whether standard output is somebody's terminal.
    var isTerminal: @Sendable () -> Bool

    /// The real world.
    static let process = NetworkSurroundings(
        transport: TransportOnDemand(), retries: .standard,
        openBrowser: { url, surroundings in
            BrowserLauncher(environment: surroundings.environment, umask: surroundings.callersUmask).open(url)
        },
        isTerminal: { isatty(1) == 1 })
}

/// The process's HTTP client, made when the first request is sent: a command that sends none starts no threads for it.
private struct TransportOnDemand: Transport {
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        try await AsyncHTTPTransport.shared.send(request)
    }
}

extension Surroundings {
    /// An API, with a credential.
    func api(_ endpoint: String, as credential: GraphQLClient.Credential) -> GraphQLClient {
        GraphQLClient(
            endpoint: endpoint, credential: credential, transport: network.transport, retries: network.retries, now: now)
    }
}
