import SluiceAuthority
import SluicePosting
import SluiceSQLite
import SluiceStoreContract
import Testing

extension SQLiteEngine: PostingContractEngine {
    func emptyWhole() async throws -> any WholeStore {
        switch self {
        case .file: try await SQLiteStore.open(path: Scratch.newPath())
        case .memory: try await SQLiteStore.inMemory()
        }
    }

    func wholeTwins() async throws -> (any WholeStore, any WholeStore)? {
        guard self == .file else { return nil }
        let path = Scratch.newPath()
        return (try await SQLiteStore.open(path: path), try await SQLiteStore.open(path: path))
    }
}

/// SQLite keeps every promise of the posting stores, on disk and in memory.
@Suite struct PostingContractTests {
    @Test(arguments: ChannelStoreContract.cases, SQLiteEngine.allCases)
    func `channels keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: PostStoreContract.cases, SQLiteEngine.allCases)
    func `posts keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: PostLedgerContract.cases, SQLiteEngine.allCases)
    func `steps on a channel keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: PostListContract.cases, SQLiteEngine.allCases)
    func `lists of posts keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: PostClaimContract.cases, SQLiteEngine.allCases)
    func `claims keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: OutboxStoreContract.cases, SQLiteEngine.allCases)
    func `the outbox keeps its promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: TagStoreContract.cases, SQLiteEngine.allCases)
    func `tags keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: NoteStoreContract.cases, SQLiteEngine.allCases)
    func `notes keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: IdeaStoreContract.cases, SQLiteEngine.allCases)
    func `ideas keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: TemplateStoreContract.cases, SQLiteEngine.allCases)
    func `templates keep their promises`(_ promise: PostingContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }
}
