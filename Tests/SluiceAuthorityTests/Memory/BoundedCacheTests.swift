import Testing

@testable import SluiceAuthority

@Suite("The bounded cache")
struct BoundedCacheTests {
    @Test func `what was read before a removal cannot come in after it`() {
        let cache = BoundedCache<Int, String>(capacity: 10)
        let before = cache.epoch
        cache.remove(1)
        cache.insert("stale", for: 1, readIn: before)
        #expect(cache.value(for: 1) == nil)
        cache.insert("fresh", for: 1, readIn: cache.epoch)
        #expect(cache.value(for: 1) == "fresh")
    }

    @Test func `any removal begins a new epoch, for every key`() {
        let cache = BoundedCache<Int, String>(capacity: 10)
        let before = cache.epoch
        cache.remove(2)
        cache.insert("read before", for: 1, readIn: before)
        #expect(cache.value(for: 1) == nil, "the reader cannot know that the removal did not concern it")
        let second = cache.epoch
        cache.removeAll()
        #expect(cache.epoch != second)
        cache.insert("read before", for: 1, readIn: second)
        #expect(cache.value(for: 1) == nil)
    }

    @Test func `removing reaches both halves`() {
        let cache = BoundedCache<Int, Int>(capacity: 2)
        for key in 0..<3 { cache.insert(key, for: key, readIn: cache.epoch) }
        cache.remove(0)
        #expect(cache.value(for: 0) == nil, "it was in the older half")
        #expect(cache.value(for: 2) == 2)
        cache.removeAll()
        #expect(cache.value(for: 1) == nil)
        #expect(cache.value(for: 2) == nil)
    }

    @Test func `it holds at most twice its capacity and keeps what is asked for`() {
        let cache = BoundedCache<Int, Int>(capacity: 50)
        for key in 0..<10_000 {
            cache.insert(key, for: key, readIn: cache.epoch)
            #expect(cache.value(for: 0) == 0, "in use all the time")
        }
        let kept = (0..<10_000).filter { cache.value(for: $0) != nil }
        #expect(kept.count <= 100)
        #expect(kept.contains(9_999))
    }
}
