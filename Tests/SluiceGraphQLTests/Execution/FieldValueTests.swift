import Testing

@testable import SluiceGraphQL

@Suite("What a resolver gives")
struct FieldValueTests {
    @Test func `a value has the size of an object and not that of an error`() {
        #expect(MemoryLayout<FieldValue>.size <= MemoryLayout<ObjectSource>.size + 1)
    }
}
