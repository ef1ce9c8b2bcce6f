import SluiceStoreContract
import Testing

/// SQLite keeps every promise of the store protocols, on disk and in memory.
@Suite struct ContractTests {
    @Test(arguments: AccountStoreContract.cases, SQLiteEngine.allCases)
    func `accounts keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: SessionStoreContract.cases, SQLiteEngine.allCases)
    func `sessions keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: APIKeyStoreContract.cases, SQLiteEngine.allCases)
    func `API keys keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: ClientStoreContract.cases, SQLiteEngine.allCases)
    func `clients keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: RedemptionContract.cases, SQLiteEngine.allCases)
    func `codes keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: RotationContract.cases, SQLiteEngine.allCases)
    func `refreshes keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: GrantListContract.cases, SQLiteEngine.allCases)
    func `lists and sweeps of grants keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: RateLimitStoreContract.cases, SQLiteEngine.allCases)
    func `counted requests keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: MembershipStoreContract.cases, SQLiteEngine.allCases)
    func `organizations keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: MembershipInvitationContract.cases, SQLiteEngine.allCases)
    func `invitations keep their promises`(_ promise: ContractCase, on engine: SQLiteEngine) async throws {
        try await promise.holds(on: engine)
    }

    @Test(arguments: RecordContract.cases, SQLiteEngine.allCases)
    func `audit log, changes and signing keys keep their promises`(
        _ promise: ContractCase, on engine: SQLiteEngine
    ) async throws {
        try await promise.holds(on: engine)
    }
}
