import HTTPTypes
import SluicePosting

extension PostingError {
    /// What a page or a sandbox says where no form does.
    var problem: Problem {
        let words = Self.sentence(message)
        return switch self {
        case .notFound: Problem(.notFound, code: "not_found", ourWords: words)
        case .invalid: Problem(.badRequest, code: "invalid_request", ourWords: words)
        case .limitReached, .conflict: Problem(.conflict, code: "invalid_request", ourWords: words)
        }
    }

    fileprivate static func sentence(_ words: String) -> String {
        words.hasSuffix(".") || words.hasSuffix("!") || words.hasSuffix("?") ? words : words + "."
    }
}

extension FormErrors {
    /// The complaints of a rule, about the form as a whole.
    /// - Throws: The error itself where what the form is about is gone: no other entry mends that.
    init(_ error: PostingError) throws(PostingError) {
        self.init()
        switch error {
        case .notFound: throw error
        case .invalid(let complaints): for complaint in complaints { add(PostingError.sentence(complaint)) }
        case .limitReached, .conflict: add(PostingError.sentence(error.message))
        }
    }
}
