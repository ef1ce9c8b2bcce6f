import Testing

@testable import SluiceGraphQL

@Suite("Document cache")
struct DocumentCacheTests {
    private func prepared() throws -> PreparedDocument {
        PreparedDocument(document: try Parser.parse("{ old }"), schema: try Fixture.engine().schema)
    }

    @Test func `the number of documents is bounded and the longest unused goes first`() throws {
        let cache = DocumentCache(entryLimit: 2, limitInBytes: 1_000, fieldLimit: 100)
        let document = try prepared()
        cache.insert(document, for: "a")
        cache.insert(document, for: "b")
        #expect(cache.document(for: "a") != nil)
        cache.insert(document, for: "c")
        #expect(cache.document(for: "b") == nil)
        #expect(cache.document(for: "a") != nil)
        #expect(cache.usage == (2, 2))
    }

    @Test func `the bytes are bounded and one document cannot take the whole`() throws {
        let cache = DocumentCache(entryLimit: 100, limitInBytes: 40, fieldLimit: 100)
        let document = try prepared()
        for index in 0..<20 { cache.insert(document, for: "document\(index % 10)x") }
        #expect(cache.usage.bytes <= 40)
        cache.insert(document, for: String(repeating: "x", count: 11))
        #expect(cache.document(for: String(repeating: "x", count: 11)) == nil)
    }

    @Test func `what was compiled is bounded, and given back with its document`() throws {
        let schema = try Fixture.engine().schema
        let cache = DocumentCache(entryLimit: 100, limitInBytes: 10_000, fieldLimit: 10)
        for text in ["a", "b", "c"] {
            let document = PreparedDocument(
                document: try Parser.parse("{ old never fails echo }"), schema: schema, count: cache.count)
            cache.insert(document, for: text)
            _ = try document.plan(for: document.operation(named: nil), on: schema.query, variables: [:])
        }
        #expect(cache.count.fields == 12)
        #expect(cache.document(for: "c") != nil)
        #expect(cache.usage.documents == 2)
        #expect(cache.count.fields == 8)
    }
}
