import HTTPTypes
import Hummingbird
import NIOCore
import SluiceAuthority

/// `/healthz`, `/readyz`, `/metrics`, and the style sheet.
struct HealthEndpoints: Sendable {
    let authority: Authority
    let metrics: Metrics

    private let styleSheet = ByteBuffer(bytes: StyleSheet.bytes)

    init(authority: Authority, metrics: Metrics) {
        self.authority = authority
        self.metrics = metrics
        metrics.gauge("sluice_password_hashing_load", help: "Password hashes running or waiting.") {
            Double(authority.passwords.load)
        }
    }

    /// The process runs.
    func live(_: Request, _: SluiceContext) -> Response { Answer.text("ok\n") }

    /// The process can do its work: the database takes a write.
    func ready(_: Request, _: SluiceContext) async throws -> Response {
        try await authority.checkReady()
        return Answer.text("ready\n")
    }

    func numbers(_: Request, _: SluiceContext) -> Response {
        var response = Answer.text(metrics.exposition())
        response.headers[.contentType] = Metrics.contentType
        return response
    }

    func style(_: Request, _: SluiceContext) -> Response {
        Answer.asset(styleSheet, type: "text/css; charset=utf-8")
    }
}
