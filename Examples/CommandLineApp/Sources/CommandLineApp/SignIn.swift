import Foundation
import Hummingbird
import Logging
import NIOCore
import SluiceClient
import SluiceOAuth

/// Signs in through the browser. The answer comes to a port of this machine that is open only meanwhile (RFC 8252 §7.3).
struct SignIn {
    let client: OAuthClient
    let tokens: TokenSource

    func run() async throws {
        let (callbacks, callback) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(16))
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = listener(callback, port)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask {
                defer { port.finish() }
                try await server.run()
            }
            tasks.addTask {
                try await Task.sleep(for: .seconds(300))
                callback.finish()
            }
            guard let port = await ports.first(where: { $0 > 0 }) else {
                throw Complaint("No port of this machine could be opened.")
            }
            try await signIn(redirectURI: "http://127.0.0.1:\(port)/callback", callbacks)
        }
    }

    private func signIn(redirectURI: String, _ callbacks: AsyncStream<String>) async throws {
        guard let scopes = Scopes("account:read offline_access") else { throw Complaint("These are no scopes.") }
        let session = AuthorizationSession(
            server: client.server, registration: client.registration, redirectURI: redirectURI, scopes: scopes)
        // To standard error: it is shown at once wherever it goes, and what the program prints stays clean.
        FileHandle.standardError.write(Data("Open this address in a browser:\n\n    \(session.authorizationURL)\n\n".utf8))
        for await callback in callbacks {
            do {
                try await tokens.signIn(with: session.handle(callback: callback, with: client))
                return
            } catch AuthorizationError.forgedState, AuthorizationError.notACallback {
                // Not the answer to this sign-in: an old page, a scan of the port, or somebody else on this machine. The true one can still come.
                continue
            }
        }
        throw Complaint("Nobody signed in within five minutes.")
    }

    private func listener(
        _ callback: AsyncStream<String>.Continuation, _ port: AsyncStream<Int>.Continuation
    ) -> some ApplicationProtocol {
        let router = Router()
        router.get("callback") { request, _ in
            callback.yield(request.uri.description)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "Done here. The terminal says how it went.\n")))
        }
        var logger = Logger(label: "callback")
        logger.logLevel = .critical
        return Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    }
}
