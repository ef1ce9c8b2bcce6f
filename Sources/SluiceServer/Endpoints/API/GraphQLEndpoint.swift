import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SluiceAPI
import SluiceAuthority
import SluiceOAuth

/// `POST /` and `POST /graphql` of the API, and its answer to everything else: 401 until a bearer was shown (S1, D1).
struct GraphQLEndpoint: Sendable {
    private let authority: Authority
    private let api: API
    /// The challenge for a request without a bearer, and the one for a refused bearer: made once, they never change.
    private let unauthenticated: HTTPFields
    private let refused: HTTPFields
    private let metadataURL: String

    init(authority: Authority, api: API, origins: Origins) {
        self.authority = authority
        self.api = api
        metadataURL = origins.api.text + "/.well-known/oauth-protected-resource"
        unauthenticated = [.wwwAuthenticate: BearerChallenge.header(realm: Self.realm, resourceMetadata: metadataURL)]
        refused = [
            .wwwAuthenticate: BearerChallenge.header(
                realm: Self.realm, resourceMetadata: metadataURL, error: .invalidToken,
                description: "The credential is not valid")
        ]
    }

    private static let realm = "Sluice"

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        // Before the body is looked at: whoever is refused need not send it.
        let bearer = try await bearer(request)
        let body = try await request.jsonBody(context)
        let answer = await api.answer(json: body.readableBytesView, for: bearer)
        var headers: HTTPFields = [:]
        if let scopes = answer.missingScopes {
            // D12: HTTP 200, and a header for clients that know RFC 6750 better than GraphQL.
            headers[.wwwAuthenticate] = BearerChallenge.header(
                realm: Self.realm, resourceMetadata: metadataURL, error: .insufficientScope, scope: scopes)
        }
        return Answer.json(
            ByteBuffer(bytes: answer.body), status: answer.isRequestError ? .badRequest : .ok, headers: headers)
    }

    /// What no route takes. Nobody learns which paths there are before the bearer was checked.
    func unmatched(_ request: Request, _ context: SluiceContext) async throws -> Response {
        _ = try await bearer(request)
        throw context.unmatched ?? Problem.notFound
    }

    /// The checked bearer of a request.
    /// - Throws: `Problem` with the challenge that belongs to it.
    func bearer(_ request: Request) async throws -> Bearer {
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
