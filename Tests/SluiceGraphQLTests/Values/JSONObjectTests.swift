import Testing

@testable import SluiceGraphQL

@Suite("Members of a JSON object")
struct JSONObjectTests {
    @Test(arguments: [1, 16, 17, 18, 100])
    func `of a repeated name the last value stays, at the first one's place`(count: Int) {
        let members = (0..<count).map { ("k\($0)", JSONValue.int($0)) }
        for repeated in [0, count - 1] {
            let object = JSONObject(members + [("k\(repeated)", true)] + [("new", nil)])
            #expect(object.names == members.map(\.0) + ["new"])
            #expect(object["k\(repeated)"] == true)
        }
    }
}
