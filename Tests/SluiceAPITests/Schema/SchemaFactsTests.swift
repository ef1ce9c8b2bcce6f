import Foundation
import SluiceGraphQL
import Testing

@testable import SluiceAPI

/// The schema is a contract: clients were generated from it.
@Suite("The served schema, held against what is published")
struct SchemaFactsTests {
    /// What the schema has beyond what is published. Whoever adds something says so here.
    private static let additions: [String] = []

    /// The published names, types, arguments, defaults, values, members and deprecations.
    private static func published() throws -> [String] {
        // Through links, since folders of tests may be reached by one.
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let text = try String(contentsOf: folder.appending(path: "Golden/API/schema.txt"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    @Test func `every published fact holds, and what is added is listed`() async throws {
        let published = Set(try Self.published())
        let served = Set(try await Blueprint.served().facts)
        #expect(published.count > 1_200)
        #expect(published.subtracting(served).sorted() == [])
        #expect(served.subtracting(published).sorted() == Self.additions)
    }

    @Test func `fields, arguments, values and members stand in the published order`() async throws {
        let published = Dictionary(grouping: try Self.published(), by: Blueprint.subject)
        let served = Dictionary(grouping: try await Blueprint.served().facts, by: Blueprint.subject)
        for (type, facts) in published {
            let known = Set(facts)
            #expect(served[type]?.filter(known.contains) == facts, "\(type)")
        }
    }

    @Test func `every type, field, argument and value is described in a sentence`() async throws {
        func check(_ description: String?, _ coordinate: String) {
            #expect(description.map { $0.hasSuffix(".") && $0.first?.isLowercase == false } == true, "\(coordinate)")
        }
        for type in try await Blueprint.served().definitions {
            check(type.description, type.name)
            for value in type.values { check(value.description, "\(type.name).\(value.name)") }
            for input in type.inputs { check(input.description, "\(type.name).\(input.name)") }
            for field in type.fields {
                check(field.description, "\(type.name).\(field.name)")
                for argument in field.arguments { check(argument.description, "\(type.name).\(field.name)(\(argument.name))") }
            }
        }
    }

    @Test func `every deprecation says why or what to use instead`() async throws {
        var reasons: [String] = []
        for type in try await Blueprint.served().definitions {
            reasons += type.values.compactMap(\.deprecation) + type.fields.compactMap(\.deprecation)
            reasons += type.inputs.compactMap(\.deprecation)
        }
        #expect(reasons.count == 11)
        for reason in reasons { #expect(reason.hasSuffix(".") && reason != "No longer supported", "\(reason)") }
    }

    @Test func `a date names the specification of its form, and no input object is one of several`() async throws {
        let response = await (try StubAPI.engine()).execute(
            GraphQLRequest(
                query: #"{ __type(name: "DateTime") { specifiedByURL } input: __type(name: "AssetInput") { isOneOf } }"#),
            context: StubAPI.bearer(nil))
        let data = try JSONParser().parse(response.body)["data"]
        #expect(data?["__type"]?["specifiedByURL"]?.string == "https://scalars.graphql.org/andimarek/date-time.html")
        // "Exactly one" is checked when an operation runs: the published schema does not say it, so old clients' tools cannot know.
        #expect(data?["input"]?["isOneOf"]?.bool == false)
    }
}
