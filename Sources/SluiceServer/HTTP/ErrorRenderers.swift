import HTTPTypes
package import Hummingbird
import NIOCore

/// How errors are told, one way for each family of routes.
package struct ErrorRenderers: Sendable {
    /// Tells one problem to one client. It may not throw: it is the last resort.
    package typealias Renderer = @Sendable (Problem, Request, SluiceContext) async -> Response

    /// For people: HTML.
    package var page: Renderer
    /// For OAuth clients.
    package var oauth: Renderer
    /// For GraphQL clients.
    package var api: Renderer
    /// Makes the errors of other targets into problems; `nil` for an error that is our fault.
    package var translate: @Sendable (any Error) -> Problem?

    package init(
        page: @escaping Renderer = ErrorRenderers.plainPage,
        oauth: @escaping Renderer = ErrorRenderers.oauthJSON,
        api: @escaping Renderer = ErrorRenderers.graphQLJSON,
        translate: @escaping @Sendable (any Error) -> Problem? = { _ in nil }
    ) {
        self.page = page
        self.oauth = oauth
        self.api = api
        self.translate = translate
    }

    /// What to tell about `error`. What nobody translates is our fault.
    package func problem(for error: any Error) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = translate(error) { return problem }
        if let error = error as? HTTPError {
            return Problem(error.status, code: "invalid_request", ourWords: error.status.reasonPhrase)
        }
        return Problem.internalError(String(reflecting: error))
    }

    /// The answer to `problem` in the form that `family` has.
    package func answer(
        _ problem: Problem, as family: RouteFamily, _ request: Request, _ context: SluiceContext
    ) async -> Response {
        switch family {
        case .page: await page(problem, request, context)
        case .oauth: await oauth(problem, request, context)
        case .api: await api(problem, request, context)
        case .plain: Answer.text(problem.summary + "\n", status: problem.status, headers: problem.headers)
        }
    }

    /// - Source: RFC 6749 §5.2.
    @Sendable package static func oauthJSON(_ problem: Problem, _: Request, _ context: SluiceContext) -> Response {
        let name = namesRequest(problem) ? ",\"request_id\":\(JSONString.quoted(context.requestID))" : ""
        return Answer.oauthJSON(
            """
            {"error":\(JSONString.quoted(problem.code)),"error_description":\(JSONString.quoted(problem.summary))\(name)}
            """, status: problem.status, headers: problem.headers)
    }

    /// Whether the body names the request, as the `X-Request-ID` field always does.
    ///
    /// What went wrong on the server is worth looking up in its log. A refusal is not, and its body has to be the same for
    /// every wrong credential, so that nothing can be read from the difference.
    private static func namesRequest(_ problem: Problem) -> Bool {
        problem.status.code >= 500 || problem.status == .tooManyRequests
    }

    /// - Source: GraphQL specification, October 2021, §7.1.2.
    @Sendable package static func graphQLJSON(_ problem: Problem, _ request: Request, _ context: SluiceContext) -> Response {
        let name = namesRequest(problem) ? ",\"requestId\":\(JSONString.quoted(context.requestID))" : ""
        return Answer.graphQL(
            """
            {"errors":[{"message":\(JSONString.quoted(problem.summary)),"extensions":\
            {"code":"\(graphQLCode(problem.status))"\(name)}}]}
            """, type: GraphQLMediaType(request.headers), status: problem.status, headers: problem.headers)
    }

    /// The `extensions.code` that goes with a status.
    package static func graphQLCode(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: "UNAUTHENTICATED"
        case 403: "FORBIDDEN"
        case 404: "NOT_FOUND"
        case 405: "METHOD_NOT_ALLOWED"
        case 408: "REQUEST_TIMEOUT"
        case 413: "CONTENT_TOO_LARGE"
        case 415: "UNSUPPORTED_MEDIA_TYPE"
        case 429: "RATE_LIMIT_EXCEEDED"
        case 503: "UNAVAILABLE"
        case 500...599: "UNEXPECTED"
        default: "BAD_REQUEST"
        }
    }

    /// A page without any dress, for when the real one is not there.
    @Sendable package static func plainPage(_ problem: Problem, _: Request, _ context: SluiceContext) -> Response {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
        return Answer.html(
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <title>\(escaped(problem.status.reasonPhrase))</title><h1>\(escaped(problem.status.reasonPhrase))</h1>\
            <p>\(escaped(problem.summary))</p><p>Request <code>\(escaped(context.requestID))</code></p></html>
            """, status: problem.status, headers: problem.headers)
    }
}
