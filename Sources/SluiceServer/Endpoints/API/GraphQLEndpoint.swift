import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SluiceAPI
import SluiceAuthority
import SluiceOAuth

/// `POST` and `GET` of the API, at `/` and `/graphql`, and its answer to everything else: 401 until a bearer was shown (S1, D1).
/// - Source: GraphQL over HTTP, working draft.
struct GraphQLEndpoint: Sendable {
    private let authority: Authority
    private let api: API
    /// The challenge for a request without a bearer, and the one for a refused bearer: made once, they never change.
    private let unauthenticated: HTTPFields
    private let refused: HTTPFields
    private let metadataURL: String
    /// Knows what an error of another room is told as.
    private let errors = ErrorRenderers(translate: SiteErrors.problem)
    private let limitFields: RateLimitFields

    init(authority: Authority, api: API, origins: Origins) throws {
        self.authority = authority
        self.api = api
        limitFields = try RateLimitFields(authority.rateLimits.quotas)
        metadataURL = origins.api.text + "/.well-known/oauth-protected-resource"
        unauthenticated = [.wwwAuthenticate: BearerChallenge.header(realm: Self.realm, resourceMetadata: metadataURL)]
        refused = [
            .wwwAuthenticate: BearerChallenge.header(
                realm: Self.realm, resourceMetadata: metadataURL, error: .invalidToken,
                description: "The credential is not valid")
        ]
    }

    private static let realm = "Sluice"

    /// An operation in a JSON body.
    ///
    /// Only that: a form, or text, is what a page of another site can make a browser send without asking.
    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        // Before the body is looked at: whoever is refused need not send it.
        try await admitted(request) { bearer in
            let body = try await request.jsonBody(context)
            return response(await api.answer(json: body.readableBytesView, for: bearer), to: request)
        }
    }

    /// A query in the URL. Nothing is changed by GET, so a link or an image of another site changes nothing, and without a bearer it reads
    /// nothing either.
    func get(_ request: Request, _: SluiceContext) async throws -> Response {
        try await admitted(request) { bearer in
            let answer = await api.answer(try API.URLQuery(request), for: bearer)
            if answer.needsPost {
                throw Problem(.methodNotAllowed, "A mutation must be sent by POST.", headers: [.allow: "POST"])
            }
            return response(answer, to: request)
        }
    }

    /// What no route takes. Nobody learns which paths there are before the bearer was checked.
    func unmatched(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await admitted(request) { _ in throw context.unmatched ?? Problem.notFound }
    }

    /// Checks the bearer, counts the request, and lets it be answered. Whatever comes of it says where the client stands at the limits.
    private func admitted(
        _ request: Request, _ answer: (Bearer) async throws -> Response
    ) async throws -> Response {
        let bearer = try await bearer(request)
        guard let verdict = try await authority.rateLimits.admit(bearer) else { return try await answer(bearer) }
        let fields = limitFields.fields(verdict)
        if let refusal = verdict.refusal {
            return RateLimitFields.refusal(
                refusal.window, retryAfter: refusal.retryAfter, type: GraphQLMediaType(request.headers),
                headers: HTTPFields(fields))
        }
        do {
            var response = try await answer(bearer)
            response.headers.append(all: fields)
            return response
        } catch let error where !(error is CancellationError) {
            var problem = errors.problem(for: error)
            problem.headers.append(all: fields)
            throw problem
        }
    }

    private func response(_ answer: API.Answer, to request: Request) -> Response {
        var headers: HTTPFields = [:]
        if let scopes = answer.missingScopes {
            // D12: HTTP 200, and a header for clients that know RFC 6750 better than GraphQL.
            headers[.wwwAuthenticate] = BearerChallenge.header(
                realm: Self.realm, resourceMetadata: metadataURL, error: .insufficientScope, scope: scopes)
        }
        return Answer.graphQL(
            ByteBuffer(bytes: answer.body), type: GraphQLMediaType(request.headers),
            status: answer.isRequestError ? .badRequest : .ok, headers: headers)
    }

    /// The checked bearer of a request.
    /// - Throws: `Problem` with the challenge that belongs to it.
    private func bearer(_ request: Request) async throws -> Bearer {
        let credential: String
        do {
            guard let given = try BearerCredential.parse(request.headers[values: .authorization]) else {
                throw Problem(
                    .unauthorized, code: "invalid_token", "An authentication JWT or Access Token is required",
                    headers: unauthenticated)
            }
            credential = given
        } catch let problem as BearerProblem {
            throw self.problem(problem)
        }
        do {
            return try await authority.bearers.check(credential)
        } catch BearerRefusal.temporarilyUnavailable {
            throw Problem.unavailable(retryAfter: 1, detail: "out of touch with the database")
        } catch let refusal as BearerRefusal {
            throw Problem(
                .unauthorized, code: "invalid_token", "The credential is not valid", headers: refused,
                detail: refusal.rawValue)
        }
    }

    private func problem(_ problem: BearerProblem) -> Problem {
        let error = problem.error
        return Problem(
            HTTPResponse.Status(code: problem.status), code: error?.code.rawValue ?? "invalid_token",
            ourWords: error?.summary ?? "An authentication JWT or Access Token is required",
            headers: [
                .wwwAuthenticate: BearerChallenge.header(
                    realm: Self.realm, resourceMetadata: metadataURL, error: error?.code)
            ])
    }
}

extension API.URLQuery {
    /// What stands in a request's URL.
    /// - Throws: `OAuthError` for a query that is not properly form-encoded UTF-8, or has one of the parameters twice.
    init(_ request: Request) throws {
        let parameters = try SluiceOAuth.Parameters(formEncoded: (request.uri.query ?? "").utf8)
        self.init(
            query: try parameters.value("query"), variables: try parameters.value("variables"),
            operationName: try parameters.value("operationName"), extensions: try parameters.value("extensions"))
    }
}
