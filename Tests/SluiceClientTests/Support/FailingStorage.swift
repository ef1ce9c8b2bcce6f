import SluiceClient
import Synchronization

/// A storage in memory whose saves can be made to fail, and which notes what was saved.
final class FailingStorage: TokenStorage {
    private let inner: MemoryTokenStorage
    private let isLockedOut = Atomic(false)
    private let state = Mutex<(refusals: Int, saved: [StoredTokens])>((0, []))

    init(_ tokens: StoredTokens?) { inner = MemoryTokenStorage(tokens) }

    /// From now on nobody gets the lock.
    func lockOut() { isLockedOut.store(true, ordering: .relaxed) }

    /// The next saves fail.
    func refuse(_ count: Int) { state.withLock { $0.refusals = count } }

    var saved: [StoredTokens] { state.withLock { $0.saved } }

    func load() async throws(TokenStorageError) -> StoredTokens? { try await inner.load() }

    func save(_ tokens: StoredTokens) async throws(TokenStorageError) {
        let isRefused = state.withLock { state in
            guard state.refusals > 0 else {
                state.saved.append(tokens)
                return false
            }
            state.refusals -= 1
            return true
        }
        if isRefused { throw .unwritable("the disk is full") }
        try await inner.save(tokens)
    }

    func remove() async throws(TokenStorageError) { try await inner.remove() }

    func exclusively<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        if isLockedOut.load(ordering: .relaxed) { throw TokenStorageError.busy("locked out") }
        return try await inner.exclusively(work)
    }
}
