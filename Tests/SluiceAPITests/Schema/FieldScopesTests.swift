import SluiceAuthority
import SluiceGraphQL
import SluiceOAuth
import Testing

@testable import SluiceAPI

@Suite("S86-S92: the table of fields and scopes")
struct FieldScopesTests {
    @Test func `S86-S92 every field of Query and Mutation has a scope, and says so`() async throws {
        let blueprint = try await Blueprint.served()
        for root in ["Query", "Mutation"] {
            let fields = try #require(blueprint[root]).fields
            #expect(!fields.isEmpty)
            for field in fields {
                let scope = try #require(FieldScopes.scope(of: field.name, on: root), "\(root).\(field.name) has no scope")
                #expect(field.description?.contains("Needs `\(scope)`.") == true, "\(root).\(field.name)")
                #expect(scope.name.hasSuffix(":write") == (root == "Mutation"), "\(root).\(field.name)")
            }
        }
    }

    @Test func `S86-S92 every guarded field exists, and its scope is one that can be granted`() async throws {
        let blueprint = try await Blueprint.served()
        // A misspelt scope would fall out of the table without a word.
        #expect(FieldScopes.table.count == 21)
        for (coordinate, scope) in FieldScopes.table {
            let parts = coordinate.split(separator: ".").map(String.init)
            #expect(blueprint[parts[0]]?.fields.contains { $0.name == parts[1] } == true, "\(coordinate)")
            #expect(ScopeCatalog.resource.contains(scope), "\(coordinate)")
        }
    }

    @Test func `S86-S92 these scopes guard no field of this schema`() {
        let idle = ScopeCatalog.resource.subtracting(Scopes(FieldScopes.table.values))
        // Nothing here changes an account, and comments are no part of the published schema.
        #expect(idle.map(\.name).sorted() == ["account:write", "engagements:read", "engagements:write"])
    }
}
