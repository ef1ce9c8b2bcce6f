import Foundation
import SluiceAuthority
import SluiceOAuth
import Synchronization

/// A store with obstacles in front of it: calls that take a while, so that races are real ones, and writes that fail like
/// those to a full disk.
final class ObstructedStore: AccountStore, APIKeyStore, AuditStore, ChangeStore, ClientStore, GrantStore, OrganizationStore,
    SessionStore,
    SigningKeyStore, StoreHealth
{
    /// What may stand in the way.
    struct Obstacles: Sendable {
        /// How long each call takes in addition.
        var latency: Duration = .zero
        /// Whether calls that change something fail.
        var refusesWrites = false
        /// Whether every call fails.
        var refusesAll = false
    }

    private enum Call { case read, write }

    private let store: any AuthorityStore
    private let current = Mutex(Obstacles())

    init(_ store: any AuthorityStore) { self.store = store }

    /// What stands in the way from now on.
    func obstruct(_ change: (inout Obstacles) -> Void) { current.withLock { change(&$0) } }

    private func pass(_ call: Call) async throws {
        let obstacles = current.withLock { $0 }
        if obstacles.refusesAll || (obstacles.refusesWrites && call == .write) {
            throw StoreError.unavailable("the test says so")
        }
        if obstacles.latency > .zero { try await Task.sleep(for: obstacles.latency) }
    }

    // MARK: AccountStore

    func create(_ account: Account, passwordHash: String, organization: Organization, audit: AuditEvent) async throws
        -> Bool
    {
        try await pass(.write)
        return try await store.create(account, passwordHash: passwordHash, organization: organization, audit: audit)
    }

    func account(_ id: AccountID) async throws -> Account? {
        try await pass(.read)
        return try await store.account(id)
    }

    func account(email: EmailAddress) async throws -> Account? {
        try await pass(.read)
        return try await store.account(email: email)
    }

    func passwordHash(of id: AccountID) async throws -> String? {
        try await pass(.read)
        return try await store.passwordHash(of: id)
    }

    func accounts(_ page: SliceRequest) async throws -> Slice<Account> {
        try await pass(.read)
        return try await store.accounts(page)
    }

    func update(_ id: AccountID, name: DisplayName, timeZone: String, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.update(id, name: name, timeZone: timeZone, audit: audit)
    }

    func change(_ id: AccountID, email: EmailAddress, audit: AuditEvent) async throws -> EmailChange {
        try await pass(.write)
        return try await store.change(id, email: email, audit: audit)
    }

    func replacePasswordHash(of id: AccountID, expected: String?, with hash: String, audit: AuditEvent?) async throws
        -> Bool
    {
        try await pass(.write)
        return try await store.replacePasswordHash(of: id, expected: expected, with: hash, audit: audit)
    }

    func disable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.disable(id, at: now, audit: audit)
    }

    func enable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.enable(id, at: now, audit: audit)
    }

    func close(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.close(id, at: now, audit: audit)
    }

    func organizations(of id: AccountID) async throws -> [Organization] {
        try await pass(.read)
        return try await store.organizations(of: id)
    }

    // MARK: OrganizationStore

    func add(_ organization: Organization, formID: String?, limit: Int, audit: AuditEvent) async throws -> Insertion {
        try await pass(.write)
        return try await store.add(organization, formID: formID, limit: limit, audit: audit)
    }

    func organization(_ id: OrganizationID) async throws -> Organization? {
        try await pass(.read)
        return try await store.organization(id)
    }

    func organizations(_ page: SliceRequest) async throws -> Slice<Organization> {
        try await pass(.read)
        return try await store.organizations(page)
    }

    func rename(_ id: OrganizationID, to name: DisplayName, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.rename(id, to: name, warrant, audit: audit)
    }

    func delete(_ id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await pass(.write)
        return try await store.delete(id, warrant, audit: audit)
    }

    func membership(of account: AccountID, in organization: OrganizationID) async throws -> Membership? {
        try await pass(.read)
        return try await store.membership(of: account, in: organization)
    }

    func memberships(of account: AccountID) async throws -> [Membership] {
        try await pass(.read)
        return try await store.memberships(of: account)
    }

    func members(of id: OrganizationID, _ page: SliceRequest) async throws -> Slice<OrganizationMember> {
        try await pass(.read)
        return try await store.members(of: id, page)
    }

    func memberCounts(of ids: [OrganizationID]) async throws -> [OrganizationID: Int] {
        try await pass(.read)
        return try await store.memberCounts(of: ids)
    }

    func change(_ member: AccountID, in id: OrganizationID, to role: Membership.Role, _ warrant: Warrant, audit: AuditEvent)
        async throws -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.change(member, in: id, to: role, warrant, audit: audit)
    }

    func remove(_ member: AccountID, from id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.remove(member, from: id, warrant, audit: audit)
    }

    func leave(_ id: OrganizationID, _ account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await pass(.write)
        return try await store.leave(id, account, audit: audit)
    }

    func transfer(_ id: OrganizationID, to member: AccountID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.transfer(id, to: member, warrant, audit: audit)
    }

    func invite(_ invitation: Invitation, formID: String?, limit: Int, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.invite(invitation, formID: formID, limit: limit, warrant, audit: audit)
    }

    func openInvitations(of id: OrganizationID, at now: Date) async throws -> [Invitation] {
        try await pass(.read)
        return try await store.openInvitations(of: id, at: now)
    }

    func invitation(_ hash: SecretHash, at now: Date) async throws -> ReceivedInvitation? {
        try await pass(.read)
        return try await store.invitation(hash, at: now)
    }

    func withdraw(_ invitation: InvitationID, of id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.withdraw(invitation, of: id, warrant, audit: audit)
    }

    func accept(_ hash: SecretHash, by account: AccountID, limits: MembershipLimits, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await pass(.write)
        return try await store.accept(hash, by: account, limits: limits, audit: audit)
    }

    func decline(_ hash: SecretHash, by account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await pass(.write)
        return try await store.decline(hash, by: account, audit: audit)
    }

    // MARK: APIKeyStore

    func insert(_ key: APIKeyRecord, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await pass(.write)
        return try await store.insert(key, formID: formID, limit: limit, audit: audit)
    }

    func key(_ hash: SecretHash) async throws -> (key: APIKeyRecord, account: Account.State)? {
        try await pass(.read)
        return try await store.key(hash)
    }

    func key(_ id: APIKeyID, of account: AccountID) async throws -> APIKeyRecord? {
        try await pass(.read)
        return try await store.key(id, of: account)
    }

    func keys(of account: AccountID, _ page: SliceRequest) async throws -> Slice<APIKeyRecord> {
        try await pass(.read)
        return try await store.keys(of: account, page)
    }

    func rename(_ id: APIKeyID, of account: AccountID, to name: DisplayName, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.rename(id, of: account, to: name, audit: audit)
    }

    func rotate(
        _ id: APIKeyID, of account: AccountID, to successor: APIKeyRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await pass(.write)
        return try await store.rotate(
            id, of: account, to: successor, overlapEnds: overlapEnds, formID: formID, audit: audit)
    }

    func revoke(_ id: APIKeyID, of account: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.revoke(id, of: account, at: now, audit: audit)
    }

    func noteUse(_ uses: [APIKeyID: Date]) async throws {
        try await pass(.write)
        return try await store.noteUse(uses)
    }

    // MARK: AuditStore

    func append(_ event: AuditEvent) async throws {
        try await pass(.write)
        return try await store.append(event)
    }

    func events(account: AccountID?, _ page: SliceRequest) async throws -> Slice<AuditEvent> {
        try await pass(.read)
        return try await store.events(account: account, page)
    }

    func events(requestID: String) async throws -> [AuditEvent] {
        try await pass(.read)
        return try await store.events(requestID: requestID)
    }

    // MARK: ChangeStore

    func changes(after sequence: Int64) async throws -> [Change] {
        try await pass(.read)
        return try await store.changes(after: sequence)
    }

    func changes(since date: Date) async throws -> [Change] {
        try await pass(.read)
        return try await store.changes(since: date)
    }

    func lastChange() async throws -> Int64 {
        try await pass(.read)
        return try await store.lastChange()
    }

    func sweepChanges(before date: Date) async throws {
        try await pass(.write)
        return try await store.sweepChanges(before: date)
    }

    // MARK: ClientStore

    func insert(_ client: Client, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await pass(.write)
        return try await store.insert(client, formID: formID, limit: limit, audit: audit)
    }

    func client(_ id: ClientID) async throws -> Client? {
        try await pass(.read)
        return try await store.client(id)
    }

    func clients(of owner: AccountID, _ page: SliceRequest) async throws -> Slice<Client> {
        try await pass(.read)
        return try await store.clients(of: owner, page)
    }

    func clients(_ page: SliceRequest) async throws -> Slice<Client> {
        try await pass(.read)
        return try await store.clients(page)
    }

    func update(_ client: Client, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.update(client, audit: audit)
    }

    func rotateSecret(
        of id: ClientID, owner: AccountID, to secret: ClientSecretRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await pass(.write)
        return try await store.rotateSecret(
            of: id, owner: owner, to: secret, overlapEnds: overlapEnds, formID: formID, audit: audit)
    }

    func delete(_ id: ClientID, owner: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.delete(id, owner: owner, at: now, audit: audit)
    }

    // MARK: GrantStore

    func insert(_ grant: PendingGrant, decision: String, audit: AuditEvent) async throws -> Insertion {
        try await pass(.write)
        return try await store.insert(grant, decision: decision, audit: audit)
    }

    func redeem(_ hash: SecretHash, _ proof: CodeProof, _ use: GrantUse, wrongVerifierLimit: Int) async throws
        -> Redemption
    {
        try await pass(.write)
        return try await store.redeem(hash, proof, use, wrongVerifierLimit: wrongVerifierLimit)
    }

    func facts(of id: GrantID) async throws -> GrantFacts? {
        try await pass(.read)
        return try await store.facts(of: id)
    }

    func rotate(_ id: GrantID, from generation: UInt32, _ use: GrantUse, leeway: Duration) async throws -> Rotation {
        try await pass(.write)
        return try await store.rotate(id, from: generation, use, leeway: leeway)
    }

    func revoke(
        _ id: GrantID, account: AccountID?, client: ClientID?, reason: RevocationReason, at now: Date,
        trace: RequestTrace
    ) async throws -> Bool {
        try await pass(.write)
        return try await store.revoke(id, account: account, client: client, reason: reason, at: now, trace: trace)
    }

    func revokeAll(
        of account: AccountID, for client: ClientID, reason: RevocationReason, at now: Date, trace: RequestTrace
    ) async throws -> Int {
        try await pass(.write)
        return try await store.revokeAll(of: account, for: client, reason: reason, at: now, trace: trace)
    }

    func expire(_ id: GrantID, at now: Date, lastUse: Date, trace: RequestTrace) async throws -> Bool {
        try await pass(.write)
        return try await store.expire(id, at: now, lastUse: lastUse, trace: trace)
    }

    func grant(_ id: GrantID) async throws -> Grant? {
        try await pass(.read)
        return try await store.grant(id)
    }

    func grant(code hash: SecretHash) async throws -> Grant? {
        try await pass(.read)
        return try await store.grant(code: hash)
    }

    func liveGrants(of account: AccountID, client: ClientID?, at now: Date, accessTokenLifetime: Duration) async throws
        -> [Grant]
    {
        try await pass(.read)
        return try await store.liveGrants(
            of: account, client: client, at: now, accessTokenLifetime: accessTokenLifetime)
    }

    func grants(account: AccountID?, client: ClientID?, _ page: SliceRequest) async throws -> Slice<Grant> {
        try await pass(.read)
        return try await store.grants(account: account, client: client, page)
    }

    func sweepGrants(before date: Date) async throws -> Int {
        try await pass(.write)
        return try await store.sweepGrants(before: date)
    }

    // MARK: SessionStore

    func open(
        _ session: Session, replacing old: SessionID?, ifPasswordHash hash: String?, audit: AuditEvent
    ) async throws -> Bool {
        try await pass(.write)
        return try await store.open(session, replacing: old, ifPasswordHash: hash, audit: audit)
    }

    func session(_ hash: SecretHash) async throws -> (session: Session, account: Account)? {
        try await pass(.read)
        return try await store.session(hash)
    }

    func touch(_ id: SessionID, at now: Date) async throws {
        try await pass(.write)
        return try await store.touch(id, at: now)
    }

    func sessions(of account: AccountID) async throws -> [Session] {
        try await pass(.read)
        return try await store.sessions(of: account)
    }

    func end(_ id: SessionID, of account: AccountID, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.end(id, of: account, audit: audit)
    }

    func endAll(of account: AccountID, except kept: SessionID?, audit: AuditEvent) async throws -> Int {
        try await pass(.write)
        return try await store.endAll(of: account, except: kept, audit: audit)
    }

    // MARK: SigningKeyStore

    func signingKeys() async throws -> [SigningKeyRecord] {
        try await pass(.read)
        return try await store.signingKeys()
    }

    func add(_ key: SigningKeyRecord, after newest: String?, retirement: Date?, audit: AuditEvent) async throws -> Bool {
        try await pass(.write)
        return try await store.add(key, after: newest, retirement: retirement, audit: audit)
    }

    func sweepSigningKeys(before date: Date) async throws {
        try await pass(.write)
        return try await store.sweepSigningKeys(before: date)
    }

    func sealedValue(_ name: String) async throws -> [UInt8]? {
        try await pass(.read)
        return try await store.sealedValue(name)
    }

    func setSealedValue(_ name: String, _ value: [UInt8]) async throws -> [UInt8] {
        try await pass(.write)
        return try await store.setSealedValue(name, value)
    }

    // MARK: StoreHealth

    func checkReady() async throws {
        try await pass(.write)
        return try await store.checkReady()
    }
}

extension ObstructedStore: RateLimitStore {
    func addRateCounts(_ counts: [RateCount]) async throws {
        try await pass(.write)
        try await store.addRateCounts(counts)
    }

    func rateCounts(of bucket: RateBucket, at now: Date) async throws -> [RateCount] {
        try await pass(.read)
        return try await store.rateCounts(of: bucket, at: now)
    }

    func sweepRateCounts(before date: Date) async throws {
        try await pass(.write)
        try await store.sweepRateCounts(before: date)
    }
}
