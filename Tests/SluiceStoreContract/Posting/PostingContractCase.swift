public import SluiceAuthority
public import SluicePosting
public import Testing

/// A store that keeps accounts and posts, as one engine does.
public typealias WholeStore = AuthorityStore & PostingStore

/// A database engine, as the contract of posting opens it.
public protocol PostingContractEngine: Sendable, CustomTestStringConvertible {
    /// A store with nothing in it.
    func emptyWhole() async throws -> any WholeStore

    /// Two stores on one empty database, as two processes have them; `nil` where that cannot be, as in memory.
    func wholeTwins() async throws -> (any WholeStore, any WholeStore)?
}

/// One sentence about posting that every engine must make true.
public struct PostingContractCase: Sendable, CustomTestStringConvertible {
    /// The sentence.
    public let name: String
    private let check: @Sendable (any PostingContractEngine) async throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (any PostingContractEngine) async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Checks the sentence on fresh stores.
    public func holds(on engine: any PostingContractEngine) async throws { try await check(engine) }

    /// The sentence.
    public var testDescription: String { name }
}
