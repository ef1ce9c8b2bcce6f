import Foundation

/// A TCP connection that sends exactly what a test says. Its calls block, so they run outside Swift's thread pool, where the
/// server under test lives.
final class RawConnection: Sendable {
    private let descriptor: Int32

    struct Failure: Error {
        let step: String
        let code = errno
    }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(step: "connect") }
        wait(seconds: 5)
    }

    deinit { close(descriptor) }

    private func wait(seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    private func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            // Not a dispatch queue: Swift's own threads come from there, and blocked ones count against them.
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// Sends everything, or says how much was taken before the connection broke.
    @discardableResult
    func send(_ text: String) async throws -> Int {
        let bytes = Array(text.utf8)
        return try await blocking { [self] in Self.write(bytes, descriptor) }
    }

    private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        return sent
    }

    /// Sends the same bytes again and again until the server has had enough; says how many it took.
    func sendEndlessly(_ chunk: String, atMost limit: Int) async throws -> Int {
        let bytes = Array(chunk.utf8)
        return try await blocking { [self] in
            var total = 0
            while total < limit {
                let count = Self.write(bytes, descriptor)
                total += count
                if count < bytes.count { break }
            }
            return total
        }
    }

    /// Says that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything until the server closes, or until nothing came for five seconds.
    func readToEnd() async throws -> String {
        try await blocking { [self] in
            var all: [UInt8] = []
            while let part = Self.read(descriptor), !part.isEmpty { all += part }
            return String(decoding: all, as: UTF8.self)
        }
    }

    /// Whether the server closes the connection within five seconds.
    func isClosed() async throws -> Bool {
        try await blocking { [self] in
            while let part = Self.read(descriptor), !part.isEmpty {}
            return errno != EAGAIN
        }
    }

    /// One answer with a `Content-Length`.
    func readAnswer() async throws -> String {
        try await blocking { [self] in
            var all: [UInt8] = []
            while true {
                let text = String(decoding: all, as: UTF8.self)
                if let end = text.range(of: "\r\n\r\n") {
                    let head = text[..<end.lowerBound].lowercased()
                    if head.hasPrefix("http/1.1 100") { return text }
                    let length =
                        head.range(of: "content-length: ").flatMap {
                            Int(head[$0.upperBound...].prefix { $0.isNumber })
                        } ?? 0
                    if text[end.upperBound...].utf8.count >= length { return text }
                }
                errno = 0
                var byte: UInt8 = 0
                guard recv(descriptor, &byte, 1, 0) == 1 else { return text }
                all.append(byte)
            }
        }
    }

    private static func read(_ descriptor: Int32) -> [UInt8]? {
        errno = 0
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            return count < 0 ? nil : Array(buffer[..<count])
        }
    }
}
