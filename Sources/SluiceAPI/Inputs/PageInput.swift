import SluiceGraphQL
import SluicePosting

extension PageRequest {
    /// How many elements a page may have, and how many it has if nobody says.
    private static let bounds = 1...100
    private static let usual = 20
    /// No cursor of ours is longer.
    private static let cursorLimitInBytes = 512

    /// The page that a field's arguments `first` and `after` ask for.
    /// - Throws: `PostingError.invalid`: more than a page may have is not quietly cut, for a client that counts what came back
    ///   would take it for the end.
    init(_ arguments: JSONObject) throws(PostingError) {
        let input = InputObject(arguments)
        let first = input.int("first") ?? Self.usual
        guard Self.bounds.contains(first) else {
            throw .invalid(["`first` must be from \(Self.bounds.lowerBound) to \(Self.bounds.upperBound)"])
        }
        let after = input.string("after")
        if let after, !Self.mayBeCursor(after) { throw .invalid(["`after` must be a cursor of an edge or of `pageInfo`"]) }
        self.init(limit: first, after: after)
    }

    /// Cursors are made of what Base64 is made of, in either alphabet.
    private static func mayBeCursor(_ text: String) -> Bool {
        (1...cursorLimitInBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "="):
                    true
                default: false
                }
            }
    }
}
