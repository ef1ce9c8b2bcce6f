import Hummingbird
import Logging
import NIOCore

/// The floor of every request: Hummingbird answering the same POST with a constant body, and nothing else.
@main
struct FloorServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8099
        let body = ByteBuffer(string: #"{"data":{"account":{"id":"0123456789abcdef01234567"}}}"#)
        let router = Router()
        router.post("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .contentLength: String(body.readableBytes)],
                body: ResponseBody(byteBuffer: body))
        }
        var logger = Logger(label: "floor")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger
        ).runService()
    }
}
