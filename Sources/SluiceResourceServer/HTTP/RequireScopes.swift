public import Hummingbird
import SluiceOAuth

/// Lets through callers that have all of these scopes. It stands below a ``BearerMiddleware``, which answers for it: 403 with the
/// scopes that are needed.
///
/// ```swift
/// posts.add(middleware: RequireScopes("posts:read"))
/// ```
/// - Source: RFC 6750 §3.1, `insufficient_scope`.
public struct RequireScopes<Context: BearerContext>: RouterMiddleware {
    private let scopes: Scopes

    /// A requirement of scopes by name.
    /// - Precondition: Each is a scope by RFC 6749 §3.3, and there is one: they are part of the program, not of a request.
    public init(_ names: String...) {
        let scopes = names.map { name in
            guard let scope = Scope(name) else { preconditionFailure("'\(name)' is no scope (RFC 6749 §3.3)") }
            return scope
        }
        precondition(!scopes.isEmpty, "a requirement of no scope lets everybody through")
        self.scopes = Scopes(scopes)
    }

    /// Passes the request on, or refuses it.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard scopes.isSubset(of: try context.requireBearer().scopes) else { throw BearerError.insufficientScope(scopes) }
        return try await next(request, context)
    }
}
