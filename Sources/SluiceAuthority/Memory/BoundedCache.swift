import Synchronization

/// A cache of at most `2 × capacity` entries that forgets the older half when the younger is full.
///
/// It is kept true by its epoch: whoever fills it says which epoch the value was read in, and every removal begins a new one, so
/// a value read before a change cannot come in after it.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
        var epoch: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    var epoch: UInt64 { state.withLock { $0.epoch } }

    func value(for key: Key) -> Value? {
        state.withLock { state in
            if let value = state.young[key] { return value }
            guard let value = state.old.removeValue(forKey: key) else { return nil }
            Self.put(value, for: key, into: &state, capacity: capacity)
            return value
        }
    }

    /// Keeps the value unless something was removed since `epoch`.
    func insert(_ value: Value, for key: Key, readIn epoch: UInt64) {
        state.withLock { state in
            guard state.epoch == epoch else { return }
            Self.put(value, for: key, into: &state, capacity: capacity)
        }
    }

    func remove(_ key: Key) {
        state.withLock { state in
            state.epoch &+= 1
            state.young[key] = nil
            state.old[key] = nil
        }
    }

    func removeAll() {
        state.withLock { $0 = State(epoch: $0.epoch &+ 1) }
    }

    private static func put(_ value: Value, for key: Key, into state: inout State, capacity: Int) {
        if state.young.count >= capacity {
            state.old = state.young
            state.young.removeAll(keepingCapacity: true)
        }
        state.young[key] = value
    }
}
