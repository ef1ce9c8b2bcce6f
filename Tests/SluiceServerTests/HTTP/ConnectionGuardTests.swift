import HTTPTypes
import Testing

@testable import SluiceServer

@Suite("Connection guard: over real sockets")
struct ConnectionGuardTests {
    private static let quick = ServerConfiguration(
        port: 0, requestDeadline: .milliseconds(400), idleTimeout: .milliseconds(700))

    private static func form(_ body: String, length: Int? = nil, more: String = "") -> String {
        """
        POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
        Content-Length: \(length ?? body.utf8.count)\r\n\(more)\r\n\(body)
        """
    }

    @Test func `keep-alive and three pipelined requests are answered in order, and nothing is counted as cut`()
        async throws
    {
        let metrics = Metrics()
        try await withServer(routes: testRoutes(), metrics: metrics) { port in
            let connection = try RawConnection(port: port)
            for body in ["a=1", "a=22"] {
                try await connection.send(Self.form(body))
                #expect(try await connection.readAnswer().hasSuffix(#"{"bytes":\#(body.utf8.count)}"#))
            }
            try await connection.send(Self.form("a") + Self.form("aa") + Self.form("aaa"))
            for count in 1...3 { #expect(try await connection.readAnswer().hasSuffix(#"{"bytes":\#(count)}"#)) }
        }
        #expect(metrics.exposition().contains(#"sluice_connections_cut_total{reason="body_not_wanted"} 0"#))
        #expect(metrics.exposition().contains("sluice_connections_open 0"))
    }

    @Test func `a body that drips is told 408 and cut off at the deadline`() async throws {
        let metrics = Metrics()
        try await withServer(Self.quick, routes: testRoutes(), metrics: metrics) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Self.form("a=", length: 1_000))
            let start = ContinuousClock.now
            let drip = Task {
                while try await connection.send("x") == 1 { try await Task.sleep(for: .milliseconds(50)) }
            }
            let answer = try await connection.readToEnd()
            drip.cancel()
            #expect(answer.hasPrefix("HTTP/1.1 408"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(ContinuousClock.now - start < .seconds(3))
        }
        #expect(metrics.exposition().contains(#"sluice_connections_cut_total{reason="request_too_slow"} 1"#))
    }

    @Test func `a head that drips is cut off by the idle timeout`() async throws {
        try await withServer(Self.quick, routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send("GET /jwks HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            let drip = Task {
                while try await connection.send("x") == 1 { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(try await connection.isClosed())
            drip.cancel()
        }
    }

    @Test(arguments: [
        ("unknown path", "POST /nothing", "application/json", "401"),
        ("form over its limit", "POST /token", "application/x-www-form-urlencoded", "413"),
        ("wrong method", "PUT /token", "application/x-www-form-urlencoded", "405"),
    ])
    func `an endless upload is answered, then cut`(why: String, line: String, type: String, status: String) async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(
                "\(line) HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n")
            async let answer = connection.readToEnd()
            let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
            let sent = try await connection.sendEndlessly(chunk, atMost: 1 << 30)
            #expect(sent < 64 << 20, "\(why): \(sent) bytes were taken")
            let text = try await answer
            #expect(text.hasPrefix("HTTP/1.1 \(status)"), "\(why)")
            #expect(text.lowercased().contains("connection: close"), "\(why)")
        }
    }

    @Test func `a body of unknown length over the limit is refused in the words of its route`() async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
            async let answer = connection.readToEnd()
            let chunk = "10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n"
            _ = try await connection.sendEndlessly(chunk, atMost: 1 << 30)
            let text = try await answer
            #expect(text.hasPrefix("HTTP/1.1 413"))
            #expect(text.contains(#""code":"CONTENT_TOO_LARGE""#), "\(text)")
        }
    }

    @Test func `S1 a body that announces too much is refused unread, 401 first, and the answer arrives`() async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(
                "PUT /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{"
            )
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 401"))
            #expect(answer.contains("UNAUTHENTICATED"))
        }
    }

    @Test func `the small rest of a refused body is read, and the connection used again`() async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send("PUT /token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
            let answer = try await connection.readAnswer()
            #expect(answer.hasPrefix("HTTP/1.1 405"))
            #expect(!answer.lowercased().contains("connection: close"))
            try await connection.send("cde" + Self.form("a=1"))
            #expect(try await connection.readAnswer().hasSuffix(#"{"bytes":3}"#))
        }
    }

    @Test func `100-continue is sent when the body is wanted, and not when the request is refused`() async throws {
        try await withServer(routes: testRoutes()) { port in
            let wanted = try RawConnection(port: port)
            try await wanted.send(Self.form("", length: 3, more: "Expect: 100-continue\r\n"))
            #expect(try await wanted.readAnswer() == "HTTP/1.1 100 Continue\r\n\r\n")
            try await wanted.send("a=1")
            #expect(try await wanted.readAnswer().hasSuffix(#"{"bytes":3}"#))
            try await wanted.send(Self.form("a=22"))
            #expect(try await wanted.readAnswer().hasSuffix(#"{"bytes":4}"#))

            let refused = try RawConnection(port: port)
            try await refused.send(
                "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            let answer = try await refused.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test func `a body that the connection's end cuts short is not taken for a whole one`() async throws {
        let metrics = Metrics()
        try await withServer(routes: testRoutes(), metrics: metrics) { port in
            let counted = try RawConnection(port: port)
            try await counted.send(Self.form("a=", length: 10))
            counted.finish()
            #expect(try await counted.readToEnd().hasPrefix("HTTP/1.1 400"))
            let chunked = try RawConnection(port: port)
            try await chunked.send(
                """
                POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n
                """)
            chunked.finish()
            #expect(try await chunked.readToEnd().hasPrefix("HTTP/1.1 400"))
        }
        #expect(!metrics.exposition().contains(#"route="/token",status="200""#))
    }

    @Test func `a client that only stops sending still gets its answer`() async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(Self.form("a=1"))
            connection.finish()
            #expect(try await connection.readToEnd().hasSuffix(#"{"bytes":3}"#))
        }
    }

    @Test(arguments: [
        ("no Host", "GET /jwks HTTP/1.1\r\n\r\n"),
        ("two Hosts", "GET /jwks HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
        (
            "S3 two Authorizations",
            "POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nContent-Length: 0\r\n\r\n"
        ),
        (
            "length and chunks",
            "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("two lengths", "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
        ("no HTTP", "hello\r\n\r\n"),
        (
            "a head beyond measure",
            "GET /jwks HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n"
        ),
        (
            "broken chunks",
            "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        ),
    ])
    func `a request that can be read in two ways is 400`(why: String, bytes: String) async throws {
        try await withServer(routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send(bytes)
            #expect(try await connection.readAnswer().hasPrefix("HTTP/1.1 400"), "\(why)")
        }
    }

    @Test func `a graceful shutdown answers what is in flight`() async throws {
        var routes = Routes()
        let (began, begin) = AsyncStream<Void>.makeStream()
        routes.app.on(.get, "/slow") { _, _ in
            begin.yield()
            try await Task.sleep(for: .milliseconds(300))
            return Answer.text("done")
        }
        let connection = try await withServer(routes: routes) { port in
            let connection = try RawConnection(port: port)
            try await connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = await began.first { _ in true }
            return connection
        }
        #expect(try await connection.readToEnd().hasSuffix("done"))
    }
}
