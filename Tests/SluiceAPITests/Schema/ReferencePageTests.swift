import Foundation
import SluiceGraphQL
import SluiceOAuth
import Testing

@testable import SluiceAPI

@Suite("The page of the API")
struct ReferencePageTests {
    private static func page() throws -> String {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return try String(contentsOf: folder.appending(path: "docs/api-reference.md"), encoding: .utf8)
    }

    private static func examples() throws -> [Substring] {
        try page().split(separator: "```graphql\n").dropFirst().compactMap { $0.split(separator: "```").first }
    }

    @Test func `every example fits the schema`() throws {
        let engine = try StubAPI.engine()
        let examples = try Self.examples()
        #expect(examples.count >= 19)
        for example in examples {
            let errors = engine.validate(String(example))
            #expect(errors.isEmpty, "\(example)\(errors.map(\.message))")
        }
    }

    @Test func `every operation has a row with its scope, and an example`() async throws {
        let blueprint = try await Blueprint.served()
        let rows = try Self.page().split(separator: "\n").filter { $0.hasPrefix("| [") }
        let examples = try Self.examples().joined()
        for root in ["Query", "Mutation"] {
            for field in try #require(blueprint[root]).fields {
                let row = rows.first { $0.hasPrefix("| [`\(field.name)`]") }
                let scope = FieldScopes.scope(of: field.name, on: root)?.name ?? "-"
                #expect(row?.hasSuffix("| `\(scope)` |") == true, "\(field.name)")
                #expect(examples.contains("  \(field.name)(") || examples.contains("  \(field.name) {"), "\(field.name)")
            }
        }
    }
}
