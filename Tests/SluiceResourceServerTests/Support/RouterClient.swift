import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SluiceResourceServer
import Synchronization

/// The context of the tests of this folder: made without a connection.
struct TestContext: BearerRequestContext {
    struct Source: RequestContextSource {
        var logger = Logger.silent
    }

    var coreContext: CoreRequestContextStorage
    var bearer: VerifiedBearer?

    init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
}

/// What a router answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    var challenge: String? { headers[.wwwAuthenticate] }
}

extension Router<TestContext> {
    /// Hands a request to the router.
    func answer(
        _ path: String = "/", method: HTTPRequest.Method = .get, headers: [(HTTPField.Name, String)] = [],
        body: RequestBody = RequestBody(buffer: ByteBuffer()), logger: Logger = .silent
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers { fields.append(HTTPField(name: name, value: value)) }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "api.example", path: path, headerFields: fields),
            body: body)
        let response = try await buildResponder().respond(
            to: request, context: TestContext(source: TestContext.Source(logger: logger)))
        let written = Written()
        try await response.body.write(Writer(written: written))
        return Answer(status: Int(response.status.code), headers: response.headers, body: written.text.withLock { $0 })
    }
}

private final class Written: Sendable {
    let text = Mutex("")
}

private struct Writer: ResponseBodyWriter {
    let written: Written

    mutating func write(_ buffer: ByteBuffer) async throws { written.text.withLock { $0 += String(buffer: buffer) } }

    consuming func finish(_: HTTPFields?) async throws {}
}
