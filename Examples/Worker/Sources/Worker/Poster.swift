import SluiceClient

/// Creates posts, and says what became of each attempt.
struct Poster: Sendable {
    let api: GraphQLClient

    /// What became of an attempt. A post is no query: sending it twice makes two, so what is *not known* has a case of its own.
    enum Outcome {
        /// It was made.
        case posted(id: String)
        /// The API looked at it and said no. The same post will be refused again.
        case refused(String)
        /// It may or may not have been made.
        case inDoubt(String)
        /// It was not made, and may be later.
        case notNow(String, after: Duration?)
        /// It was not made, and none will be until a person does something.
        case never(GraphQLFailure)
    }

    func post(_ job: Job) async -> Outcome {
        struct Variables: Encodable, Sendable { var input: Input }
        struct Input: Encodable, Sendable {
            var channelId, text: String
            var mode = "shareNow"
            var schedulingType = "automatic"
        }
        do throws(GraphQLFailure) {
            let input = Input(channelId: job.content.channelID, text: job.content.text)
            let answer = try await api.send(Self.document, variables: Variables(input: input), as: Made.self)
            guard answer.data == nil || answer.errors.isEmpty else {
                return .inDoubt(GraphQLFailure.errors(answer.errors).summary)
            }
            switch try answer.get().createPost {
            case .success(let made): return .posted(id: made.post.id)
            case .refused(let refusal): return .refused(refusal.message)
            }
        } catch {
            return Self.meaning(of: error)
        }
    }

    /// The SDK has tried again already where that was safe.
    static func meaning(of failure: GraphQLFailure) -> Outcome {
        switch failure {
        // The API broke on the way, perhaps behind the post.
        case .errors(let errors) where errors.contains { $0.code == "UNEXPECTED" }: .inDoubt(failure.summary)
        // A scope is missing: every other post would fare the same.
        case .errors(let errors) where errors.contains { $0.code == "FORBIDDEN" }: .never(failure)
        case .errors, .unsendable: .refused(failure.summary)
        case .rateLimited(let wait, _, _): .notNow(failure.summary, after: wait)
        case .transport(.notSent), .token(.notRefreshed), .token(.storage): .notNow(failure.summary, after: nil)
        case .transport(.answerLost), .status, .unreadable, .cancelled: .inDoubt(failure.summary)
        case .unauthenticated, .insecure, .token: .never(failure)
        }
    }

    private struct Made: Decodable, Sendable {
        struct Success: Decodable, Sendable {
            struct Post: Decodable, Sendable { var id: String }
            var post: Post
        }
        var createPost: MutationPayload<Success>
    }

    private static let document = """
        mutation CreatePost($input: CreatePostInput!) {
          createPost(input: $input) {
            __typename
            ... on PostActionSuccess { post { id } }
            ... on MutationError { message }
          }
        }
        """
}
