import SluiceGraphQL
import SluicePosting

extension PageRequest {
    /// How many elements a page may have, and how many it has if nobody says.
    private static let bounds = 1...100
    private static let usual = 20

    /// The page that a field's arguments `first` and `after` ask for.
    /// - Throws: `PostingError.invalid`: more than a page may have is not quietly cut, for a client that counts what came back
    ///   would take it for the end.
    init(_ arguments: JSONObject) throws(PostingError) {
        let input = InputObject(arguments)
        let first = input.int("first") ?? Self.usual
        guard Self.bounds.contains(first) else {
            throw .invalid(["`first` must be from \(Self.bounds.lowerBound) to \(Self.bounds.upperBound)"])
        }
        self.init(limit: first, after: input.string("after"))
    }
}
