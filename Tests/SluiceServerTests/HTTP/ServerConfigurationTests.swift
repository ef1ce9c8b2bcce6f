import Testing

@testable import SluiceServer

@Suite("Server configuration")
struct ServerConfigurationTests {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:8080"), ("0.0.0.0", "http://localhost:8080"), ("::", "http://localhost:8080"),
        ("::1", "http://[::1]:8080"), ("MyHost", "http://myhost:8080"),
    ])
    func `without configured origins the server is found where it listens`(host: String, url: String) {
        let origins = ServerConfiguration(host: host).origins
        #expect(origins.isSingle)
        #expect(origins.auth.text == url)
        #expect(Origin(url) == origins.auth)
    }

    @Test func `port 0 becomes a free port before anything is built, and the origin has it`() async throws {
        let resolved = try ServerConfiguration(port: 0).resolvingPort()
        #expect((1...65_535).contains(resolved.port))
        #expect(resolved.origins.auth.port == resolved.port)
        let told = try await withServer(resolved, routes: testRoutes()) { port in
            let connection = try RawConnection(port: port)
            try await connection.send("GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await connection.readAnswer().contains("http://127.0.0.1:\(port)"))
            return port
        }
        #expect(told == resolved.port)
        #expect(try ServerConfiguration(port: 8080).resolvingPort().port == 8080)
    }

    @Test func `a host that nobody knows is named`() {
        #expect(throws: FreePort.Problem.self) {
            try ServerConfiguration(host: "no.such.host.invalid", port: 0).resolvingPort()
        }
    }

    @Test func `a port that is held is nobody else's until it is let go`() throws {
        let held = try FreePort.hold(host: "127.0.0.1")
        let number = held.number
        #expect(throws: FreePort.Problem.self) { _ = try FreePort.hold(host: "127.0.0.1", port: number) }
        held.release()
        #expect(try FreePort.hold(host: "127.0.0.1", port: number).number == number)
    }

    @Test func `a port that somebody listens at cannot be held`() async throws {
        _ = try await withServer(routes: testRoutes()) { port in
            #expect(throws: FreePort.Problem.self) { _ = try FreePort.hold(host: "127.0.0.1", port: port) }
        }
    }

    @Test func `a port that is taken makes starting fail`() async throws {
        try await withServer(routes: testRoutes()) { port in
            _ = await #expect(throws: (any Error).self) {
                try await withServer(ServerConfiguration(port: port), routes: testRoutes()) { _ in }
            }
        }
    }
}
