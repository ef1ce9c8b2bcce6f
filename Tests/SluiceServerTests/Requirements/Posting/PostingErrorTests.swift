import HTTPTypes
import SluicePosting
import Testing

@testable import SluiceServer

@Suite("What posting refuses, as an answer")
struct PostingErrorTests {
    @Test(arguments: [
        (PostingError.notFound("Tag"), 404, "Tag not found."), (.invalid(["One", "Two"]), 400, "One., Two."),
        (.limitReached("It is full"), 409, "It is full."), (.conflict("It is out!"), 409, "It is out!"),
    ])
    func `is the asker's matter, in whole sentences`(error: PostingError, status: Int, words: String) throws {
        let problem = try #require(SiteErrors.problem(error))
        #expect(problem.status.code == status && problem.summary == words && !problem.isInternal)
        guard case .notFound = error else {
            #expect(try FormErrors(error).entries.map(\.message).joined(separator: ", ") == words)
            return
        }
        #expect(throws: error) { try FormErrors(error) }
    }
}
