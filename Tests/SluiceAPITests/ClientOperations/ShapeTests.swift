import SluiceGraphQL
import Testing

/// What holds answers against shapes must find what is wrong with them.
@Suite("shapes of answers")
struct ShapeTests {
    private static let shape: JSONValue = [
        "type": "[Post!]!",
        "fields": [
            "id": "PostId!", "dueAt": "DateTime", "count": "Int!",
            "... on A": ["a": "String!", "b": "String"], "... on B": ["c": "String!"],
        ],
    ]

    private static let good: JSONObject = [
        "id": "64b0c0ffee00000000000001", "dueAt": "2026-03-10T15:00:00.000Z", "count": 1, "a": "x", "b": nil,
    ]

    private static func faults(_ name: String, _ value: JSONValue?) -> [String] {
        var object = good
        object[name] = value
        return Shape.faults(of: [.object(object)], against: shape, at: "posts")
    }

    @Test func `a value of the shape has no faults`() {
        #expect(Self.faults("count", 2) == [])
        #expect(Self.faults("dueAt", .null) == [])
        #expect(Shape.faults(of: [], against: Self.shape, at: "posts") == [])
    }

    @Test func `whatever does not fit is named with its place`() {
        #expect(Self.faults("id", .null) == ["posts.0.id is null"])
        #expect(Self.faults("id", "none") == [#"posts.0.id is no PostId: "none""#])
        #expect(Self.faults("dueAt", "2026-03-10T15:00:00Z") == [#"posts.0.dueAt is no DateTime: "2026-03-10T15:00:00Z""#])
        #expect(Self.faults("count", 1.5) == ["posts.0.count is no Int: 1.5"])
        #expect(Self.faults("count", nil) == ["posts.0.count is missing"])
        #expect(Self.faults("other", 1) == ["posts.0.other was not asked for"])
        #expect(Self.faults("b", nil).count == 1, "half of a fragment")
        #expect(Shape.faults(of: nil, against: Self.shape, at: "posts") == ["posts is null"])
        #expect(Shape.faults(of: ["x"], against: Self.shape, at: "posts") == ["posts.0 is no object"])
    }
}
