import SluiceAuthority
import SluiceGraphQL
import SluiceOAuth
import Testing

@testable import SluiceAPI

/// Made from the schema: whatever field is added is asked for here, along every root field that leads to it.
@Suite("S86-S92: what each set of scopes may read, field by field")
struct GuardMatrixTests {
    @Test func `S86-S92 every field on every way to it is refused exactly when a scope on that way is missing`() async throws {
        let engine = try StubAPI.engine()
        let routes = try await Blueprint.served().routes
        #expect(routes.count > 250)
        for route in routes {
            let request = GraphQLRequest(query: route.document)
            let root = route.root
            for scopes in ScopeSubsets.all {
                let bearer = StubAPI.bearer(scopes)
                let response = await engine.execute(request, context: bearer, root: root)
                let expected = Self.refusals(on: route, for: bearer)
                let found = response.errors.compactMap(Self.refusal)
                // As many errors as refusals: nothing else went wrong.
                #expect(response.errors.count == found.count, "\(route.document): \(response.errors.map(\.message))")
                #expect(Set(found) == expected, "\(route.document) with \(scopes?.text ?? "everything")")
                let end = route.end(of: try JSONParser().parse(response.body)["data"])
                for field in route.target?.fields ?? [] {
                    let isRefused = expected.contains { $0.path.isPrefix(of: route.keys + [field.name]) }
                    #expect((end?[field.name]?.isNull ?? true) == isRefused, "\(route.keys) \(field.name)")
                }
            }
        }
    }

    /// The first scope missing on the way; else those missing at its end.
    private static func refusals(on route: Route, for bearer: Bearer) -> Set<Refusal> {
        func missing(_ field: String, on type: String) -> Scope? {
            FieldScopes.scope(of: field, on: type).flatMap { bearer.permits($0) ? nil : $0 }
        }
        for (index, step) in route.steps.enumerated() {
            if let scope = missing(step.field.name, on: step.parent) {
                return [Refusal(Array(route.keys.prefix(index + 1)), scope)]
            }
        }
        return Set(
            (route.target?.fields ?? []).compactMap { field in
                missing(field.name, on: route.target?.name ?? "").map { Refusal(route.keys + [field.name], $0) }
            })
    }

    private static func refusal(_ error: GraphQLError) -> Refusal? {
        Refusal(
            path: error.path.compactMap { if case .key(let key) = $0 { key } else { nil } }, code: error.code,
            scopes: error.extensions[GraphQLError.requiredScopes]?.array?.compactMap(\.string) ?? [], message: error.message)
    }

    @Test func `S89 D15 whoever may only write reads the payload of a mutation, but not what was counted`() async throws {
        let blueprint = try await Blueprint.served()
        let query = """
            mutation {
              createPost(input: {channelId: "none", mode: shareNow, schedulingType: automatic}) {
                ... on PostActionSuccess { post { id text channel { name } notes { text } metrics { value } metricsUpdatedAt } }
              }
            }
            """
        var post = blueprint.object("Post")
        post["id"] = "a"
        post["text"] = "Hello"
        post["channel"] = ["name": "ada"]
        post["notes"] = [["text": "Fine."]]
        post["metrics"] = [["value": 1]]
        post["metricsUpdatedAt"] = "2026-11-23T14:30:00.000Z"
        let response = await (try StubAPI.engine()).execute(
            GraphQLRequest(query: query), context: StubAPI.bearer(Scopes("posts:write")),
            root: ["createPost": ["__typename": "PostActionSuccess", "post": .object(post)]])
        let answer = try JSONParser().parse(response.body)["data"]?["createPost"]?["post"]
        #expect(
            answer == [
                "id": "a", "text": "Hello", "channel": ["name": "ada"], "notes": [["text": "Fine."]], "metrics": nil,
                "metricsUpdatedAt": nil,
            ])
        #expect(
            Set(response.errors.compactMap(Self.refusal))
                == Set(
                    ["metrics", "metricsUpdatedAt"].compactMap { field in
                        Scope("insights:read").map { Refusal(["createPost", "post", field], $0) }
                    }))
    }
}

extension [String] {
    fileprivate func isPrefix(of other: [String]) -> Bool { other.starts(with: self) }
}
