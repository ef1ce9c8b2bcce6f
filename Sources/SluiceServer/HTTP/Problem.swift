package import HTTPTypes

/// A refusal as the client will see it. The route's family decides whether that is a page, OAuth's JSON or GraphQL's.
///
/// What the client reads and what the log reads are two fields, and the first cannot echo a request.
package struct Problem: Error, Sendable {
    /// The status of the answer.
    package var status: HTTPResponse.Status
    /// OAuth's `error`. GraphQL's `extensions.code` follows from the status.
    package var code: String
    /// What went wrong, for a person.
    package var summary: String
    /// Further fields of the answer, such as `WWW-Authenticate` or `Retry-After`.
    package var headers: HTTPFields
    /// For the log alone; holds no token, code, secret or verifier.
    package var detail: String?
    /// Whether it is our fault; such an error was logged in full.
    package var isInternal = false

    /// - Parameter summary: A literal, so text from a request cannot be echoed to the client.
    package init(
        _ status: HTTPResponse.Status, code: String = "invalid_request", _ summary: StaticString,
        headers: HTTPFields = [:], detail: String? = nil
    ) {
        self.init(status, code: code, ourWords: "\(summary)", headers: headers, detail: detail)
    }

    /// - Parameter ourWords: Text that is known to come from us, for example the summary of another error type.
    package init(
        _ status: HTTPResponse.Status, code: String, ourWords: String, headers: HTTPFields = [:],
        detail: String? = nil
    ) {
        self.status = status
        self.code = code
        self.summary = ourWords
        self.headers = headers
        self.detail = detail
    }
}

extension Problem {
    /// There is no such path.
    package static var notFound: Problem { Problem(.notFound, "There is nothing at this address.") }

    /// The path exists, but not with this method.
    /// - Source: RFC 9110 §15.5.6.
    package static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Problem {
        Problem(
            .methodNotAllowed, "This address does not support the method of the request.",
            headers: [.allow: allowed.map(\.rawValue).joined(separator: ", ")])
    }

    /// The body is larger than what this address takes.
    package static var contentTooLarge: Problem {
        Problem(.contentTooLarge, "The body of the request is too large.")
    }

    /// The body ended early or was framed wrongly.
    package static func unreadableBody(_ detail: String) -> Problem {
        Problem(.badRequest, "The body of the request could not be read completely.", detail: detail)
    }

    /// The request's `Host` is none of ours.
    /// - Source: RFC 9110 §15.5.20.
    package static var misdirected: Problem {
        Problem(.misdirectedRequest, "This server does not answer for the host of the request.")
    }

    /// The server cannot do this now; the client may try again.
    package static func unavailable(retryAfter seconds: Int, detail: String? = nil) -> Problem {
        Problem(
            .serviceUnavailable, code: "temporarily_unavailable",
            "The server cannot answer right now. Please try again.",
            headers: [.retryAfter: String(seconds)], detail: detail)
    }

    /// Our fault. The log has the rest, under the request's id.
    package static func internalError(_ detail: String) -> Problem {
        var problem = Problem(
            .internalServerError, code: "server_error", "Something went wrong on the server.", detail: detail)
        problem.isInternal = true
        return problem
    }
}
