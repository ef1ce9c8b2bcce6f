import AsyncHTTPClient
import Foundation
import SluiceClient
import SluiceHTTPTransport
import Testing

@Suite("The transport over async-http-client, on real sockets")
struct AsyncHTTPTransportTests {
    private func failure(
        _ url: String, timeout: Duration = .seconds(5), transport: AsyncHTTPTransport = .shared
    ) async -> TransportError? {
        do {
            _ = try await transport.send(TransportRequest(.post, url, body: Array("a=b".utf8), timeout: timeout))
            return nil
        } catch {
            return error
        }
    }

    private func isLost(_ error: TransportError?) -> Bool { if case .answerLost? = error { true } else { false } }

    private func isNotSent(_ error: TransportError?) -> Bool { if case .notSent? = error { true } else { false } }

    @Test func `a whole answer arrives with status, repeated fields and body`() async throws {
        let answer = try await RawServer.run(
            .sendAndClose("HTTP/1.1 418 Teapot\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello")
        ) { server in
            try await AsyncHTTPTransport.shared.send(TransportRequest(.get, "http://127.0.0.1:\(server.port)/x"))
        }
        #expect(answer.status == 418)
        #expect(answer.values(of: "X-a") == ["1", "2"])
        #expect(answer.body == Array("hello".utf8))
    }

    @Test func `a redirect is an answer, and nobody goes there`() async throws {
        let answer = try await RawServer.run(
            .sendAndClose("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        ) { server in
            try await AsyncHTTPTransport.shared.send(
                TransportRequest(.post, "http://127.0.0.1:\(server.port)/token", body: [1]))
        }
        #expect(answer.status == 307)
    }

    @Test(arguments: [
        ("closed without a byte", RawServer.Behaviour.close), ("half a head", .sendAndClose("HTTP/1.1 200 OK\r\nConte")),
        ("half a body", .sendAndClose("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"access_token\":")),
        ("no HTTP", .sendAndClose("220 smtp ready\r\n")),
    ])
    func `an answer that is cut off is lost: the server may have acted`(why: String, behaviour: RawServer.Behaviour) async throws
    {
        let error = try await RawServer.run(behaviour) { await failure("http://127.0.0.1:\($0.port)/token") }
        #expect(isLost(error), "\(why): \(String(describing: error))")
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"])
    func `an answer that does not come in time is lost`(sent: String) async throws {
        let error = try await RawServer.run(.sendAndStall(sent)) {
            await failure("http://127.0.0.1:\($0.port)/token", timeout: .milliseconds(200))
        }
        #expect(isLost(error), "\(String(describing: error))")
    }

    @Test func `an answer beyond the limit is not read to its end`() async throws {
        let small = AsyncHTTPTransport(unchecked: HTTPClient.shared, limitInBytes: 10)
        let error = try await RawServer.run(
            .sendAndClose("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n01234567890123456789")
        ) { await failure("http://127.0.0.1:\($0.port)/", transport: small) }
        #expect(isLost(error), "\(String(describing: error))")
    }

    @Test func `a connection that was never made is safe to try again`() async throws {
        // A port that was free a moment ago.
        let port = try await RawServer.run(.close) { $0.port }
        #expect(isNotSent(await failure("http://127.0.0.1:\(port)/token")))
        #expect(isNotSent(await failure("http://name-that-does-not-exist.invalid/token")))
    }

    @Test func `a server without TLS is not sent a secret over it`() async throws {
        let (error, received) = try await RawServer.run(.refuseTLS) { server in
            (await failure("https://127.0.0.1:\(server.port)/token"), server.received)
        }
        #expect(isNotSent(error), "\(String(describing: error))")
        #expect(received.count > 0 && !received.contains("a=b") && !received.contains("/token"))
    }

    @Test func `an answer that trickles is cut off at the deadline, not at the next silence`() async throws {
        let error = try await RawServer.run(.trickle("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) {
            await failure("http://127.0.0.1:\($0.port)/token", timeout: .milliseconds(300))
        }
        #expect(isLost(error), "\(String(describing: error))")
    }

    @Test func `a header that cannot be sent is safe to mend, and its value is not repeated`() async {
        let request = TransportRequest(.get, "http://127.0.0.1:1/", headers: [("Authorization", "Bearer secret\n")])
        do {
            _ = try await AsyncHTTPTransport.shared.send(request)
            Issue.record("It was sent.")
        } catch {
            #expect(isNotSent(error) && !error.summary.contains("secret"))
        }
    }
}
