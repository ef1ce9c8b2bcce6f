public import SluiceAuthority
public import Testing

/// A database engine, as the contract opens it.
public protocol ContractEngine: Sendable, CustomTestStringConvertible {
    /// A store with nothing in it.
    func empty() async throws -> any AuthorityStore

    /// Two stores on one empty database, as two processes have them; `nil` where that cannot be, as in memory.
    func twins() async throws -> (any AuthorityStore, any AuthorityStore)?
}

/// One sentence that every engine must make true.
///
/// An engine's tests run all of them: `@Test(arguments: GrantStoreContract.cases) func grants(_ promise: ContractCase)`.
public struct ContractCase: Sendable, CustomTestStringConvertible {
    /// The sentence.
    public let name: String
    private let check: @Sendable (any ContractEngine) async throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (any ContractEngine) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Checks the sentence on fresh stores.
    public func holds(on engine: any ContractEngine) async throws { try await check(engine) }

    /// The sentence.
    public var testDescription: String { name }
}
