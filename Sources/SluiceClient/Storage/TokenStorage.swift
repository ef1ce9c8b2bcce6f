/// Where tokens are kept between runs.
///
/// A `TokenSource` saves and removes inside `exclusively` alone, and decides nothing by what it loaded outside, so an implementation
/// that gets that right is safe to share between tasks, processes and machines. `load` may be called inside and outside.
public protocol TokenStorage: Sendable {
    /// What is kept; `nil` if nothing is.
    func load() async throws(TokenStorageError) -> StoredTokens?

    /// Keeps the tokens in place of what was kept. When it returns they survive a crash of the process and of the machine.
    func save(_ tokens: StoredTokens) async throws(TokenStorageError)

    /// Forgets what was kept.
    func remove() async throws(TokenStorageError)

    /// Does the work while nobody else, in this process or another, does theirs on the same storage. Whatever the process dies of,
    /// the next one must get in.
    /// - Throws: What the work throws; `TokenStorageError.busy` if its turn did not come within a bound of the storage's own, which
    ///   is longer than a refresh may take.
    func exclusively<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value
}

/// Why a token storage could not do its work. Holds no secret.
public enum TokenStorageError: Error, Sendable, Equatable {
    /// What is kept cannot be read: permissions, a broken disk.
    case unreadable(String)
    /// What is kept is no tokens.
    case damaged(String)
    /// Others on this machine can read it.
    case exposed(String)
    /// It cannot be written: permissions, a full disk.
    case unwritable(String)
    /// Somebody else was inside for too long.
    case busy(String)

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .unreadable(let words), .damaged(let words), .exposed(let words), .unwritable(let words), .busy(let words): words
        }
    }
}
