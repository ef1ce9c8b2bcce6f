public import Hummingbird
import Logging
import SluiceOAuth

/// Lets through whoever presents a good access token, and answers everybody else as RFC 6750 says.
///
/// ```swift
/// let server = try await AuthorizationServer.discover(issuer: "https://auth.example", over: transport)
/// let verifier = try AccessTokenVerifier(server: server, audience: "https://api.example", transport: transport)
/// let router = Router(context: AppContext.self)
/// router.add(middleware: BearerMiddleware(verifier, resource: ProtectedResource(realm: "Reports")))
/// ```
///
/// The token is taken from the `Authorization` header alone, never from the query, a body or a cookie, and the request's body is not
/// read before it was checked. Errors of the type ``BearerError`` that anything below throws are answered here.
/// - Source: RFC 6750 §2.1 and §3; RFC 9728 §5.1.
public struct BearerMiddleware<Context: BearerRequestContext>: RouterMiddleware {
    /// What becomes of requests that present nothing.
    public enum Requirement: Sendable {
        /// They are answered with 401.
        case required
        /// They pass without a caller; for routes that show more to known callers. A token that *is* presented must be good.
        case optional
    }

    private let checker: any BearerChecker
    private let resource: ProtectedResource
    private let requirement: Requirement

    /// A middleware.
    /// - Parameters:
    ///   - checker: Who says which tokens are good.
    ///   - resource: How the service names itself.
    ///   - requirement: What becomes of requests that present nothing.
    public init(
        _ checker: any BearerChecker, resource: ProtectedResource = ProtectedResource(),
        requirement: Requirement = .required
    ) {
        self.checker = checker
        self.resource = resource
        self.requirement = requirement
    }

    /// Checks the request, and passes it on with its caller.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            var context = context
            context.bearer = try await caller(request)
            return try await next(request, context)
        } catch let error as BearerError {
            log(error, to: context.logger)
            return error.response(for: resource)
        }
    }

    private func caller(_ request: Request) async throws(BearerError) -> VerifiedBearer? {
        let token: String?
        do { token = try BearerCredential.parse(request.headers[values: .authorization]) } catch { throw .malformed(error) }
        guard let token else {
            guard requirement == .optional else { throw .missing }
            return nil
        }
        do { return try await checker.check(token) } catch { throw .refused(error) }
    }

    private func log(_ error: BearerError, to logger: Logger) {
        switch error {
        // The operator's business: nobody gets in.
        case .refused(.unavailable): logger.error("Bearer not checked", metadata: ["reason": "\(error.summary)"])
        case .missing, .malformed, .refused(.invalid), .insufficientScope:
            logger.debug("Bearer refused", metadata: ["reason": "\(error.summary)"])
        }
    }
}
