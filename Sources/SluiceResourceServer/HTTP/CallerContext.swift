public import Hummingbird

/// The context of routes that are reached by checked callers alone: it cannot be made without one, so forgetting the check does not
/// compile.
///
/// ```swift
/// router.add(middleware: BearerMiddleware(verifier))
/// let posts = router.group("posts", context: CallerContext<AppContext>.self)
/// posts.get { _, context in "Hello, \(context.caller.accountID)" }
/// ```
public struct CallerContext<Parent: BearerContext>: ChildRequestContext, BearerContext {
    /// The context that the request came with.
    public var parent: Parent
    /// Who calls.
    public let caller: VerifiedBearer

    /// The context of a checked caller.
    /// - Throws: `BearerError.missing`.
    public init(context: Parent) throws {
        parent = context
        caller = try context.requireBearer()
    }

    /// Who calls.
    public var bearer: VerifiedBearer? { caller }

    /// What Hummingbird needs.
    public var coreContext: CoreRequestContextStorage {
        get { parent.coreContext }
        set { parent.coreContext = newValue }
    }
    /// The parent's limit.
    public var maxUploadSize: Int { parent.maxUploadSize }
    /// The parent's decoder.
    public var requestDecoder: Parent.Decoder { parent.requestDecoder }
    /// The parent's encoder.
    public var responseEncoder: Parent.Encoder { parent.responseEncoder }
}
