/// How long answers about tokens are believed, and how many questions may be under way.
public struct IntrospectionPolicy: Sendable, Equatable {
    /// How long an answer is believed: for so long a revocation may go unseen. Zero asks at each request.
    public var keepsFor: Duration = .seconds(30)
    /// How many answers are remembered, roughly.
    public var limitOfAnswers = 20_000
    /// How many questions may be under way at once. Further ones are refused with 503: made-up opaque tokens cost a question each.
    public var limitOfQuestions = 64
    /// How long one question may take.
    public var timeout: Duration = .seconds(5)
    /// How long the server is left alone after it did not answer, unless it says otherwise itself (`Retry-After`, up to a minute).
    public var pause: Duration = .seconds(1)

    /// The policy of these defaults.
    public init() {}
}
