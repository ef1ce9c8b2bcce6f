/// What a store says when it cannot do a step. Nothing of the step was kept.
public enum StoreError: Error, Sendable, Equatable {
    /// The storage cannot take the write now: disk full, read-only, locked by another process. Retry later.
    case unavailable(String)
    /// The database was written by a newer Sluice; this binary would misread it.
    case newerSchema(found: Int, known: Int)
    /// The data contradict themselves.
    case corrupt(String)

    /// One sentence for the log or the terminal; holds no secret.
    public var summary: String {
        switch self {
        case .unavailable(let why): "The database is not available: \(why)."
        case .newerSchema(let found, let known):
            "The database has schema \(found), but this binary knows only up to \(known). Use the newer binary, or restore a backup."
        case .corrupt(let why): "The database holds something unexpected: \(why)."
        }
    }
}
