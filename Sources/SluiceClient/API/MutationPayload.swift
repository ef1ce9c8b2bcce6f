/// The payload of one of Buffer's mutations: a union of what was made and of typed errors, which Buffer calls recoverable.
///
/// Select `... on MutationError { message }` in every mutation. An object with a `message` is a refusal; anything else is what was made.
///
/// ```swift
/// struct Made: Decodable { var post: Post }
/// struct Answer: Decodable { var createPost: MutationPayload<Made> }
/// let post = try await api.send(document, variables: input, as: Answer.self).get().createPost.get().post
/// ```
/// - Source: Buffer's page "Error handling".
public enum MutationPayload<Success: Decodable & Sendable>: Decodable, Sendable {
    /// It was done.
    case success(Success)
    /// It was not, for a reason that the caller can do something about.
    case refused(MutationRefusal)

    /// What was made.
    /// - Throws: `MutationRefusal`.
    public func get() throws(MutationRefusal) -> Success {
        switch self {
        case .success(let value): return value
        case .refused(let refusal): throw refusal
        }
    }

    /// Reads either of the two.
    public init(from decoder: any Decoder) throws {
        if let refusal = try? MutationRefusal(from: decoder) {
            self = .refused(refusal)
        } else {
            self = .success(try Success(from: decoder))
        }
    }
}

/// A typed error of a mutation.
public struct MutationRefusal: Error, Sendable, Hashable, Decodable {
    /// The type's name, if the document asks for `__typename`: `InvalidInputError`, `LimitReachedError`…
    public let typeName: String?
    /// What is wrong, in the server's words.
    public let message: String

    private enum CodingKeys: String, CodingKey {
        case typeName = "__typename"
        case message
    }
}
