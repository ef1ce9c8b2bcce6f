import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// The moment that the contract's stories begin at.
let dawn = Date(timeIntervalSince1970: 1_800_000_000)

/// Seconds after `dawn`.
func at(_ seconds: Double) -> Date { dawn.addingTimeInterval(seconds) }

let trace = RequestTrace(address: "192.0.2.7", userAgent: "Contract/1.0", requestID: "req-1")

func event(_ kind: AuditEvent.Kind, at moment: Date = dawn, account: AccountID? = nil) -> AuditEvent {
    AuditEvent(kind, at: moment, account: account, trace: trace)
}

func fresh<Kind>() -> Identifier<Kind> { Identifier(random: .system) }

func freshHash() -> SecretHash { SecretHash(of: GrantID(random: .system).text + GrantID(random: .system).text) }

func verifier(_ letter: Character = "v") throws -> CodeVerifier {
    try #require(CodeVerifier(String(repeating: letter, count: 43)))
}

func name(_ text: String) throws -> DisplayName { try #require(DisplayName(text)) }

func scopes(_ text: String) throws -> Scopes { try #require(Scopes(text)) }

/// An empty store with one active account and one confidential client of it, and short words to make more.
struct World: Sendable {
    let store: any AuthorityStore
    let account: Account
    let client: Client

    init(_ engine: any ContractEngine) async throws { try await self.init(engine.empty()) }

    init(_ store: any AuthorityStore) async throws {
        self.store = store
        account = try await Self.makeAccount("ada", in: store)
        client = try await Self.makeClient(of: account.id, in: store)
    }

    func makeAccount(_ local: String, at moment: Date = dawn) async throws -> Account {
        try await Self.makeAccount(local, at: moment, in: store)
    }

    func makeClient(of owner: AccountID? = nil, _ kind: Client.Kind = .confidential, at moment: Date = dawn)
        async throws -> Client
    {
        try await Self.makeClient(of: owner ?? account.id, kind, at: moment, in: store)
    }

    static func makeAccount(_ local: String, at moment: Date = dawn, in store: any AuthorityStore) async throws
        -> Account
    {
        let account = try sampleAccount(local, at: moment)
        #expect(
            try await store.create(
                account, passwordHash: "hash-of-\(local)", organization: sampleOrganization(of: account),
                audit: event(.accountCreated, at: moment, account: account.id)))
        return account
    }

    static func sampleAccount(_ local: String, at moment: Date = dawn) throws -> Account {
        Account(
            id: fresh(), email: try #require(EmailAddress("\(local)@example.com")), name: try name("Person \(local)"),
            timeZone: "UTC",
            state: .active, createdAt: moment)
    }

    static func sampleOrganization(of account: Account) throws -> Organization {
        Organization(
            id: fresh(), name: try name("Organization"), ownerID: account.id, ownerEmail: account.email,
            createdAt: account.createdAt)
    }

    static func sampleClient(of owner: AccountID, _ kind: Client.Kind = .confidential, at moment: Date = dawn) throws
        -> Client
    {
        let secret = ClientSecretRecord(hash: freshHash(), createdAt: moment, expiresAt: nil)
        return Client(
            id: fresh(), ownerID: owner, name: try name("App"), kind: kind,
            redirectURIs: [try RedirectURI("https://app.example/cb"), try RedirectURI("http://127.0.0.1/cb")],
            website: "https://app.example", description: "Does things", logoURL: nil,
            scopes: try scopes("posts:read account:read"),
            isDynamic: false, createdAt: moment, secrets: kind == .confidential ? [secret] : [])
    }

    static func makeClient(
        of owner: AccountID, _ kind: Client.Kind = .confidential, at moment: Date = dawn, in store: any AuthorityStore
    ) async throws -> Client {
        let client = try sampleClient(of: owner, kind, at: moment)
        #expect(try await store.insert(client, formID: nil, limit: nil, audit: event(.clientCreated)) == .inserted)
        return client
    }

    func sampleKey(at moment: Date = dawn, expiresAt: Date? = nil) throws -> APIKeyRecord {
        APIKeyRecord(
            id: fresh(), accountID: account.id, name: try name("Key"), hash: freshHash(), lastFour: "abcd",
            scopes: try scopes("posts:read"), createdAt: moment, expiresAt: expiresAt, lastUsedAt: nil, rotatedFrom: nil
        )
    }

    func makeKey(at moment: Date = dawn, expiresAt: Date? = nil) async throws -> APIKeyRecord {
        let key = try sampleKey(at: moment, expiresAt: expiresAt)
        #expect(
            try await store.insert(key, formID: nil, limit: nil, audit: event(.keyCreated, at: moment)) == .inserted)
        return key
    }

    func sampleSession(_ owner: AccountID? = nil, at moment: Date = dawn) -> Session {
        Session(
            id: fresh(), accountID: owner ?? account.id, hash: freshHash(), authenticatedAt: moment, lastSeenAt: moment,
            expiresAt: moment.addingTimeInterval(86_400), address: "192.0.2.7", userAgent: "Contract/1.0")
    }

    func openSession(at moment: Date = dawn) async throws -> Session {
        let session = sampleSession(at: moment)
        #expect(try await store.open(session, replacing: nil, audit: event(.signedIn, at: moment, account: account.id)))
        return session
    }

    // MARK: Grants

    /// Good for 60 s; its refresh tokens end after 1,000 s.
    func samplePending(
        of owner: AccountID? = nil, for app: ClientID? = nil, at moment: Date = dawn,
        scopes text: String = "posts:read offline_access"
    ) throws -> PendingGrant {
        let facts = GrantFacts(
            id: fresh(), accountID: owner ?? account.id, clientID: app ?? client.id, scopes: try scopes(text),
            redirectURI: "https://app.example/cb", challenge: CodeChallenge(of: try verifier()), salt: Array(0..<16),
            authenticatedAt: moment, createdAt: moment, expiresAt: moment.addingTimeInterval(1000))
        return PendingGrant(facts: facts, codeHash: freshHash(), codeExpiresAt: moment.addingTimeInterval(60))
    }

    func approve(
        of owner: AccountID? = nil, for app: ClientID? = nil, at moment: Date = dawn,
        scopes text: String = "posts:read offline_access"
    ) async throws -> PendingGrant {
        let grant = try samplePending(of: owner, for: app, at: moment, scopes: text)
        let decision = GrantID(random: .system).text
        #expect(try await store.insert(grant, decision: decision, audit: event(.grantApproved)) == .inserted)
        return grant
    }

    func proof(_ grant: PendingGrant) -> CodeProof {
        CodeProof(
            clientID: grant.facts.clientID, redirectURI: grant.facts.redirectURI, challenge: grant.facts.challenge)
    }

    func redeem(_ grant: PendingGrant, _ proof: CodeProof? = nil, at moment: Date = at(10)) async throws -> Redemption {
        try await store.redeem(grant.codeHash, proof ?? self.proof(grant), use(moment), wrongVerifierLimit: 5)
    }

    /// An approved and redeemed grant.
    func activate(
        of owner: AccountID? = nil, for app: ClientID? = nil, at moment: Date = dawn,
        scopes text: String = "posts:read offline_access"
    ) async throws -> PendingGrant {
        let grant = try await approve(of: owner, for: app, at: moment, scopes: text)
        guard case .activated = try await redeem(grant, at: moment.addingTimeInterval(10)) else {
            Issue.record("the code was not redeemed")
            return grant
        }
        return grant
    }

    func rotate(
        _ grant: PendingGrant, from generation: UInt32, at moment: Date = at(20), leeway: Duration = .zero
    ) async throws -> Rotation {
        try await store.rotate(grant.facts.id, from: generation, use(moment), leeway: leeway)
    }

    /// A use whose refresh token may idle for 100 s.
    func use(_ moment: Date) -> GrantUse {
        GrantUse(now: moment, trace: trace, idleUntil: moment.addingTimeInterval(100))
    }

    // MARK: Looks

    func state(_ grant: PendingGrant) async throws -> Grant.State? { try await store.grant(grant.facts.id)?.state }

    func revocation(_ grant: PendingGrant) async throws -> RevocationReason? {
        try await store.grant(grant.facts.id)?.revocation
    }

    func subjects(after sequence: Int64 = 0) async throws -> [Change.Subject] {
        try await store.changes(after: sequence).map(\.subject)
    }

    func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] {
        try await store.events(account: nil, SliceRequest(limit: 200)).elements.filter { $0.kind == kind }
    }
}
