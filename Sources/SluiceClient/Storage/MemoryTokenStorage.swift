import Synchronization

/// Tokens that live as long as the process.
public final class MemoryTokenStorage: TokenStorage {
    private let kept: Mutex<StoredTokens?>
    private let turn = Turn()

    /// A storage that keeps `tokens`.
    public init(_ tokens: StoredTokens? = nil) { kept = Mutex(tokens) }

    /// What is kept.
    public func load() async throws(TokenStorageError) -> StoredTokens? { kept.withLock { $0 } }

    /// Keeps the tokens.
    public func save(_ tokens: StoredTokens) async throws(TokenStorageError) { kept.withLock { $0 = tokens } }

    /// Forgets them.
    public func remove() async throws(TokenStorageError) { kept.withLock { $0 = nil } }

    /// Does the work when it is its turn.
    public func exclusively<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        await turn.take()
        do {
            let value = try await work()
            await turn.give()
            return value
        } catch {
            await turn.give()
            throw error
        }
    }
}

/// Lets one task in at a time, in the order in which they came.
actor Turn {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if !isTaken {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// The turn passes to the next one without being free in between.
    func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
}
