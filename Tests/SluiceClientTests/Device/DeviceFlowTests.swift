import Foundation
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceClient

@Suite("RFC 8628: sign-in by a code on another device")
struct DeviceFlowTests {
    private static let server = AuthorizationServer(
        issuer: "https://auth.example", authorizationEndpoint: "https://auth.example/auth",
        tokenEndpoint: "https://auth.example/token", deviceAuthorizationEndpoint: "https://auth.example/device")
    private static let code =
        #"{"device_code":"device-secret","user_code":"WDJB-MJHT","verification_uri":"https://auth.example/go","#
        + #""verification_uri_complete":"https://auth.example/go?c=WDJB-MJHT","expires_in":600,"interval":7}"#
    private static let pending = ScriptedTransport.Step.refused("authorization_pending")

    /// A flow whose waits move the clock, and what it waited for.
    private final class Walk: Sendable {
        let scene: Scene
        let flow: DeviceFlow
        private let box = Box()

        init(_ transport: ScriptedTransport, server: AuthorizationServer = DeviceFlowTests.server) {
            let scene = Scene(transport, server: server)
            self.scene = scene
            flow = DeviceFlow(client: scene.client) { [box] duration in
                box.add(duration)
                scene.clock.advance(Double(duration.components.seconds))
            }
        }

        var waits: [Int64] { box.all.map(\.components.seconds) }

        final class Box: Sendable {
            private let list = Mutex<[Duration]>([])
            var all: [Duration] { list.withLock { $0 } }
            func add(_ duration: Duration) { list.withLock { $0.append(duration) } }
        }
    }

    private func scopes() throws -> Scopes { try #require(Scopes("posts:read offline_access")) }

    @Test func `it asks for a code, shows what the user needs, and takes the tokens when the user has decided`() async throws {
        let transport = ScriptedTransport(
            .json(200, Self.code), Self.pending, Self.pending, .tokens("access-9", refresh: "v1.nine"))
        let walk = Walk(transport)
        let authorization = try await walk.flow.start(scopes: try scopes())
        #expect(authorization.userCode == "WDJB-MJHT")
        #expect(authorization.verificationURI == "https://auth.example/go")
        #expect(authorization.completeVerificationURI == "https://auth.example/go?c=WDJB-MJHT")
        #expect(authorization.expiresAt == walk.scene.clock.now + 600)
        let tokens = try await walk.flow.tokens(for: authorization)
        #expect(tokens.accessToken == "access-9")
        #expect(tokens.refreshToken == "v1.nine")
        #expect(walk.waits == [7, 7, 7])
        #expect(
            transport.requests.map(\.url) == ["https://auth.example/device"]
                + Array(repeating: "https://auth.example/token", count: 3))
        let ask = try #require(transport.forms.first)
        #expect(try ask.value("client_id") == "app")
        #expect(try ask.value("scope") == "posts:read offline_access")
        let poll = try #require(transport.forms.last)
        #expect(try poll.value("grant_type") == "urn:ietf:params:oauth:grant-type:device_code")
        #expect(try poll.value("device_code") == "device-secret")
        #expect(try poll.value("client_id") == "app")
    }

    @Test func `where the server's metadata names no endpoint nothing is sent`() async throws {
        let walk = Walk(ScriptedTransport(), server: Scene.server)
        await #expect(throws: DeviceFlowError.notOffered(issuer: "https://auth.example")) {
            try await walk.flow.start(scopes: Scopes())
        }
        #expect(walk.scene.transport.requests.isEmpty)
    }

    @Test func `slow_down slows all later questions by five seconds each`() async throws {
        let walk = Walk(
            ScriptedTransport(
                .json(200, Self.code), .refused("slow_down"), Self.pending, .refused("slow_down"), .tokens("access-9")))
        let authorization = try await walk.flow.start(scopes: try scopes())
        _ = try await walk.flow.tokens(for: authorization)
        #expect(walk.waits == [7, 12, 12, 17])
    }

    @Test func `a server out of reach is asked more and more slowly, a busy one when it says`() async throws {
        let walk = Walk(
            ScriptedTransport(
                .json(200, Self.code), .failure(.notSent("refused")), .failure(.answerLost("reset")),
                .json(503, "", [("Retry-After", "50")]), .json(503, ""), .tokens("access-9")))
        let authorization = try await walk.flow.start(scopes: try scopes())
        _ = try await walk.flow.tokens(for: authorization)
        #expect(walk.waits == [7, 14, 28, 50, 28])
    }

    @Test(arguments: [
        ("access_denied", DeviceFlowError.denied), ("expired_token", .expired),
        ("invalid_grant", .request(.refused(OAuthRefusal(code: "invalid_grant", text: "No.", status: 400)))),
    ])
    func `a refusal is the end`(code: String, error: DeviceFlowError) async throws {
        let walk = Walk(ScriptedTransport(.json(200, Self.code), Self.pending, .refused(code)))
        let authorization = try await walk.flow.start(scopes: try scopes())
        await #expect(throws: error) { try await walk.flow.tokens(for: authorization) }
        #expect(walk.scene.transport.isSpent)
    }

    @Test func `after the code's end nobody asks any more, nor after the caller's limit`() async throws {
        let steps = (0..<100).map { _ in Self.pending }
        let transport = ScriptedTransport(.json(200, Self.code))
        for step in steps { transport.then(step) }
        let walk = Walk(transport)
        let begin = walk.scene.clock.now
        let authorization = try await walk.flow.start(scopes: try scopes())
        await #expect(throws: DeviceFlowError.expired) { try await walk.flow.tokens(for: authorization, within: .seconds(60)) }
        #expect(walk.scene.clock.now < begin + 60)
        await #expect(throws: DeviceFlowError.expired) { try await walk.flow.tokens(for: authorization) }
        #expect(walk.scene.clock.now < begin + 600)
        #expect(walk.scene.clock.now > begin + 580)
    }

    @Test func `a wait that is cancelled ends it`() async throws {
        let scene = Scene(ScriptedTransport(.json(200, Self.code)), server: Self.server)
        let flow = DeviceFlow(client: scene.client) { _ in throw CancellationError() }
        let authorization = try await flow.start(scopes: try scopes())
        await #expect(throws: DeviceFlowError.cancelled) { try await flow.tokens(for: authorization) }
    }

    @Test(arguments: [
        ("no address", #"{"device_code":"d","user_code":"u","expires_in":600}"#),
        ("plain http", #"{"device_code":"d","user_code":"u","verification_uri":"http://auth.example/go","expires_in":600}"#),
        ("a script", #"{"device_code":"d","user_code":"u","verification_uri":"javascript:alert(1)","expires_in":600}"#),
        ("terminal", #"{"device_code":"d","user_code":"u","verification_uri":"https://a.example/\u001b[2J","expires_in":600}"#),
        ("no end", #"{"device_code":"d","user_code":"u","verification_uri":"https://a.example/"}"#),
        ("an empty code", #"{"device_code":"","user_code":"u","verification_uri":"https://a.example/","expires_in":600}"#),
        (
            "a complete address elsewhere",
            #"{"device_code":"d","user_code":"u","verification_uri":"https://a.example/","verification_uri_complete":"ftp://x","expires_in":6}"#
        ), ("no JSON", "<html>"),
    ])
    func `what cannot be shown to a person is no answer`(why: String, body: String) async throws {
        let walk = Walk(ScriptedTransport(.json(200, body)))
        await #expect(throws: DeviceFlowError.request(.unreadable(status: 200)), "\(why)") {
            try await walk.flow.start(scopes: try scopes())
        }
    }

    @Test func `an interval of nothing makes no storm, and none is five seconds`() async throws {
        for (interval, seconds) in [(#","interval":0"#, 1), (#","interval":-5"#, 1), ("", 5), (#","interval":1e300"#, 300)] {
            let body =
                #"{"device_code":"d","user_code":"u","verification_uri":"https://a.example/","expires_in":600"# + interval + "}"
            let authorization = try await Walk(ScriptedTransport(.json(200, body))).flow.start(scopes: try scopes())
            #expect(authorization.interval == .seconds(seconds))
        }
    }

    @Test func `neither code shows in a description or a dump`() async throws {
        let authorization = try await Walk(ScriptedTransport(.json(200, Self.code))).flow.start(scopes: try scopes())
        var dumped = ""
        dump(authorization, to: &dumped)
        for text in [String(describing: authorization), String(reflecting: authorization), dumped] {
            #expect(!text.contains("device-secret"))
            #expect(!text.contains("WDJB"))
        }
    }

    @Test func `the user code is cleaned of what a terminal would obey`() async throws {
        let body =
            #"{"device_code":"d","user_code":"A\u001b[2J\u202eB","verification_uri":"https://a.example/","expires_in":600}"#
        let authorization = try await Walk(ScriptedTransport(.json(200, body))).flow.start(scopes: try scopes())
        #expect(authorization.userCode == "A [2J B")
    }
}
