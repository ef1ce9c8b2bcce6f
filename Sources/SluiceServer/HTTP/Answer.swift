package import HTTPTypes
package import Hummingbird
import NIOCore

/// Answers, built without detours. The front door adds the security headers and `Cache-Control: no-store`.
package enum Answer {
    private static let jsonType = HTTPField(name: .contentType, value: "application/json")
    private static let graphQLJSONType = HTTPField(name: .contentType, value: GraphQLMediaType.json.rawValue)
    private static let graphQLResponseType = HTTPField(name: .contentType, value: GraphQLMediaType.response.rawValue)
    private static let htmlType = HTTPField(name: .contentType, value: "text/html; charset=utf-8")
    private static let textType = HTTPField(name: .contentType, value: "text/plain; charset=utf-8")

    /// JSON, already written.
    package static func json(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        answer(status, jsonType, ByteBuffer(string: text), headers)
    }

    /// JSON, already written as bytes.
    package static func json(
        _ buffer: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        answer(status, jsonType, buffer, headers)
    }

    /// An answer of the API, already written.
    package static func graphQL(
        _ buffer: ByteBuffer, type: GraphQLMediaType, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        answer(status, type == .json ? graphQLJSONType : graphQLResponseType, buffer, headers)
    }

    /// An answer of the API, already written.
    package static func graphQL(
        _ text: String, type: GraphQLMediaType, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        graphQL(ByteBuffer(string: text), type: type, status: status, headers: headers)
    }

    /// JSON of the token endpoint and its relatives.
    /// - Source: RFC 6749 §5.1: `Cache-Control: no-store` (which every answer has) and `Pragma: no-cache`.
    package static func oauthJSON(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers.append(HTTPField(name: .pragma, value: "no-cache"))
        return json(text, status: status, headers: headers)
    }

    /// A page.
    package static func html(
        _ text: String, status: HTTPResponse.Status = .ok, csp: ContentPolicy = .page, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers.append(csp.field)
        return answer(status, htmlType, ByteBuffer(string: text), headers)
    }

    /// A line of text.
    package static func text(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        answer(status, textType, ByteBuffer(string: text), headers)
    }

    /// Go there with GET. The default, 303, never repeats a form's body at the new address.
    /// - Source: RFC 9700 §4.12.
    package static func redirect(
        _ location: String, status: HTTPResponse.Status = .seeOther, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers.append(HTTPField(name: .location, value: location))
        return empty(status, headers: headers)
    }

    /// No body.
    package static func empty(_ status: HTTPResponse.Status = .noContent, headers: HTTPFields = [:]) -> Response {
        Response(status: status, headers: headers)
    }

    /// A file that is part of the program. Its address names its content, so it may be kept for a year.
    package static func asset(_ bytes: ByteBuffer, type: String) -> Response {
        answer(
            .ok, HTTPField(name: .contentType, value: type), bytes,
            [.cacheControl: "public, max-age=31536000, immutable"])
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ type: HTTPField, _ body: ByteBuffer, _ headers: HTTPFields
    ) -> Response {
        var headers = headers
        headers.append(all: [type, HTTPField(name: .contentLength, value: String(body.readableBytes))])
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
