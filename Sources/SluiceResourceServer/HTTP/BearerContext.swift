public import Hummingbird

/// A request context that may know who calls.
public protocol BearerContext: RequestContext {
    /// Who calls; `nil` if nobody was checked, or nothing was presented and that is allowed.
    var bearer: VerifiedBearer? { get }
}

/// A request context that ``BearerMiddleware`` writes the caller into.
///
/// ```swift
/// struct AppContext: BearerRequestContext {
///     var coreContext: CoreRequestContextStorage
///     var bearer: VerifiedBearer?
///
///     init(source: Source) { coreContext = .init(source: source) }
/// }
/// ```
public protocol BearerRequestContext: BearerContext {
    /// Who calls.
    var bearer: VerifiedBearer? { get set }
}

extension BearerContext {
    /// Who calls, for a handler that cannot do without.
    /// - Throws: `BearerError.missing`, which ``BearerMiddleware`` answers with 401 and its challenge.
    public func requireBearer() throws(BearerError) -> VerifiedBearer {
        guard let bearer else { throw .missing }
        return bearer
    }
}

/// The context of a service that needs nothing in it but the caller.
public struct BasicBearerRequestContext: BearerRequestContext {
    /// What Hummingbird needs.
    public var coreContext: CoreRequestContextStorage
    /// Who calls.
    public var bearer: VerifiedBearer?

    /// A context without a caller.
    public init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
}
