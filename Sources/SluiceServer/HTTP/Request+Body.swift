import HTTPTypes
package import Hummingbird
import NIOCore

extension Request {
    /// The body of a form, read completely.
    /// - Throws: ``Problem``: 400 if it is no form, 413 if it is too large, 400 if it ended early.
    /// - Source: RFC 6749 §3.2 with appendix B.
    package func formBody(_ context: SluiceContext) async throws -> ByteBuffer {
        guard hasContentType("application/x-www-form-urlencoded") else {
            throw Problem(.badRequest, "The body must be application/x-www-form-urlencoded.")
        }
        return try await wholeBody(upTo: context.limits.formInBytes, context)
    }

    /// The body of a JSON request, read completely.
    /// - Throws: ``Problem``: 415 if it is no JSON, 413 if it is too large, 400 if it ended early.
    package func jsonBody(_ context: SluiceContext) async throws -> ByteBuffer {
        guard hasContentType("application/json") else {
            throw Problem(.unsupportedMediaType, "The body must be application/json.")
        }
        return try await wholeBody(upTo: context.limits.apiInBytes, context)
    }

    /// The body, if it is no larger than `limitInBytes`.
    ///
    /// A body that announces more is refused unread. A client that waits for `100 Continue` is told to go on only here,
    /// so whoever is refused before never sends its body.
    /// - Throws: ``Problem``: 413 if it is too large, 400 if the connection ended before the body did.
    /// - Source: RFC 9110 §10.1.1, §15.5.14.
    package func wholeBody(upTo limitInBytes: Int, _ context: SluiceContext) async throws -> ByteBuffer {
        var announced: Int?
        if let length = headers[.contentLength] {
            announced = Int(length)
            guard let announced, announced <= limitInBytes else { throw Problem.contentTooLarge }
        }
        if headers.contains(.expect), headers[.expect]?.lowercased() == "100-continue" {
            context.channel?.triggerUserOutboundEvent(ConnectionGuard.BodyWanted(), promise: nil)
        }
        var whole = ByteBuffer()
        do {
            for try await part in body {
                guard whole.readableBytes + part.readableBytes <= limitInBytes else { throw Problem.contentTooLarge }
                if whole.readableBytes == 0 {
                    whole = part
                } else {
                    whole.writeImmutableBuffer(part)
                }
            }
        } catch let problem as Problem {
            throw problem
        } catch let cut as ConnectionGuard.Cut {
            throw cut.problem
        } catch {
            throw Problem.unreadableBody("\(type(of: error))")
        }
        // The stream of parts may also end because the connection did.
        if let announced, announced != whole.readableBytes {
            throw Problem.unreadableBody("\(whole.readableBytes) of \(announced) bytes arrived")
        }
        return whole
    }

    /// Whether the one `Content-Type` field names `type`, whatever parameters follow it.
    /// - Parameter type: In lower case.
    /// - Source: RFC 9110 §8.3.1.
    package func hasContentType(_ type: String) -> Bool {
        let values = headers[values: .contentType]
        guard values.count == 1 else { return false }
        let end = values[0].utf8.firstIndex(of: UInt8(ascii: ";")) ?? values[0].endIndex
        var written = values[0].utf8[..<end]
        while let last = written.last, last == 0x20 || last == 0x09 { written.removeLast() }
        while let first = written.first, first == 0x20 || first == 0x09 { written.removeFirst() }
        return written.lazy.map(\.lowercasedASCII).elementsEqual(type.utf8)
    }

    /// Whether the client would rather read a page than JSON: a browser says so when it navigates.
    package var acceptsHTML: Bool {
        headers.contains(.accept) && headers[values: .accept].contains { $0.lowercased().contains("text/html") }
    }
}
