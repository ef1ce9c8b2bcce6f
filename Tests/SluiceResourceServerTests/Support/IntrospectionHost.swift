import Foundation
import HTTPTypes
import Hummingbird
import SluiceClient
import SluiceOAuth
import SluiceResourceServer
import Synchronization

/// An introspection endpoint over a real socket: it knows its clients and its tokens, and counts what it is asked.
final class IntrospectionHost: Sendable {
    struct Question: Sendable, Equatable {
        var authorization: String?
        var form: [String]
    }

    private struct State {
        var answers: [String: String] = [:]
        var instead: (status: HTTPResponse.Status, headers: HTTPFields, body: String)?
        var questions: [Question] = []
        var gate: Gate?
    }

    static let secret = "s3cret-of-the-service"
    private let state = Mutex(State())

    /// From now on it says this of a token; of others, that they are not active.
    func know(_ token: String, _ answer: String?) { state.withLock { $0.answers[token] = answer } }

    /// From now on it answers every question so; `nil` for as it should.
    func answer(_ status: HTTPResponse.Status?, headers: HTTPFields = [:], body: String = "") {
        state.withLock { $0.instead = status.map { ($0, headers, body) } }
    }

    /// From now on it answers only once the gate is open.
    func hold(behind gate: Gate) { state.withLock { $0.gate = gate } }

    /// What it was asked.
    var questions: [Question] { state.withLock { $0.questions } }

    var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.post("/introspect") { request, _ in
            let body = try await request.body.collect(upTo: 65_536)
            let form = try SluiceOAuth.Parameters(formEncoded: Array(body.readableBytesView))
            let gate = self.state.withLock { state in
                state.questions.append(
                    Question(
                        authorization: request.headers[.authorization], form: form.pairs.map { "\($0.name)=\($0.value)" }))
                return state.gate
            }
            await gate?.pass()
            return try self.reply(form)
        }
        return router
    }

    private func reply(_ form: SluiceOAuth.Parameters) throws -> Response {
        if let (status, headers, body) = state.withLock({ $0.instead }) {
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        }
        guard try form.value("client_id") == "service", try form.value("client_secret") == Self.secret else {
            let error = OAuthError(.invalidClient, "The client is unknown or did not prove itself.")
            return Response(status: .unauthorized, body: ResponseBody(byteBuffer: ByteBuffer(string: error.json)))
        }
        let token = try form.value("token") ?? ""
        let answer = state.withLock { $0.answers[token] } ?? #"{"active":false}"#
        return Response(
            status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: ByteBuffer(string: answer)))
    }

    /// A way to ask the host at `url`.
    static func introspection(
        _ url: String, clock: TestClock, secret: String = secret, policy: IntrospectionPolicy = IntrospectionPolicy()
    ) throws -> Introspection {
        var server = Issuer.server
        server.introspectionEndpoint = url + "/introspect"
        let client = OAuthClient(
            server: server, registration: .confidentialClient("service", secret: secret), transport: URLSessionTransport(),
            now: clock.reading)
        return try Introspection(client: client, audience: Issuer.audience, policy: policy, now: clock.reading)
    }

    /// What a sound server says of an active token.
    static func active(_ changes: [String: String?] = [:]) -> String {
        var members: [String: String?] = [
            "active": "true", "scope": #""posts:read""#, "client_id": #""app""#, "sub": #""ada""#, "token_type": #""Bearer""#,
            "aud": #""\#(Issuer.audience)""#, "iss": #""\#(Issuer.url)""#, "exp": "1800003600",
        ]
        members.merge(changes) { $1 }
        return "{" + members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.joined(separator: ",") + "}"
    }
}
