import SluiceGraphQL
import SluicePosting

extension GraphQLError {
    /// What a refusal is in `errors`; `nil` for an error that is no refusal but our own fault.
    init?(refusal error: any Error) {
        switch error {
        case let error as PostingError: self.init(error)
        case let error as Forbidden: self.init(error.message, code: "FORBIDDEN")
        default: return nil
        }
    }

    private init(_ error: PostingError) {
        let code =
            switch error {
            case .notFound: "NOT_FOUND"
            case .invalid, .conflict: "BAD_USER_INPUT"
            case .limitReached: "LIMIT_REACHED"
            }
        self.init(error.message, code: code)
    }

    /// There is no such thing, or it is somebody else's: the answer does not tell which.
    static func notFound(_ what: String) -> GraphQLError { GraphQLError("\(what) not found", code: "NOT_FOUND") }
}

/// A member of a payload's union that stands for a refusal: `MutationError` in the schema.
struct TypedError: Sendable {
    let message: String

    /// Every type of them. `UnexpectedError`, `RestProxyError` and `VoidMutationError` are the schema's but never answered: what is
    /// our fault stands in `errors` with the code `UNEXPECTED`, networks refuse a post when it goes out and not when it is made,
    /// and the last is there only so that clients may always ask for `... on MutationError`.
    static let types = [
        "InvalidInputError", "LimitReachedError", "NotFoundError", "RestProxyError", "UnauthorizedError", "UnexpectedError",
        "VoidMutationError",
    ]

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        for type in types {
            resolvers.object(TypedError.self, type) { error in
                error.field("message") { $0.message }
                if type == "RestProxyError" {
                    error.field("code") { _ in Int?.none }
                    error.field("link") { _ in String?.none }
                }
            }
        }
    }
}

/// A payload's union: which refusals it has a type for. Others stand in `errors`.
enum Payload: Sendable {
    /// `PostActionPayload`
    case postAction
    /// `CreateIdeaPayload`: it has no `NotFoundError`.
    case idea

    /// Runs a mutation. A refusal that the union has a type for becomes that type.
    func answer(_ mutate: () async throws -> FieldValue) async throws -> FieldValue {
        do {
            return try await mutate()
        } catch {
            guard let type = type(of: error), let refusal = GraphQLError(refusal: error) else { throw error }
            return .object(TypedError(message: words(of: error) ?? refusal.message), as: type)
        }
    }

    private func type(of error: any Error) -> String? {
        switch (self, error) {
        case (_, is Forbidden): "UnauthorizedError"
        case (.idea, PostingError.notFound("Organization")): nil
        case (.idea, PostingError.notFound), (_, PostingError.invalid), (_, PostingError.conflict): "InvalidInputError"
        case (.postAction, PostingError.notFound): "NotFoundError"
        case (_, PostingError.limitReached): "LimitReachedError"
        default: nil
        }
    }

    /// Several complaints come in one sentence, one comes as it is: both forms are Buffer's.
    private func words(of error: any Error) -> String? {
        guard case PostingError.invalid(let complaints) = error, complaints.count > 1 else { return nil }
        return "Invalid \(self == .idea ? "idea" : "post"): \(complaints.joined(separator: "., "))."
    }
}
