import Testing

@testable import SluiceGraphQL

@Suite("Document cache")
struct DocumentCacheTests {
    private func prepared() throws -> PreparedDocument {
        PreparedDocument(document: try Parser.parse("{ old }"), schema: try Fixture.engine().schema)
    }

    @Test func `the number of documents is bounded and the longest unused goes first`() throws {
        let cache = DocumentCache(entryLimit: 2, limitInBytes: 1_000)
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
        let cache = DocumentCache(entryLimit: 100, limitInBytes: 40)
        let document = try prepared()
        for index in 0..<20 { cache.insert(document, for: "document\(index % 10)x") }
        #expect(cache.usage.bytes <= 40)
        cache.insert(document, for: String(repeating: "x", count: 11))
        #expect(cache.document(for: String(repeating: "x", count: 11)) == nil)
    }
}
