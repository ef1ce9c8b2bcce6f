import Foundation
import SluiceAuthority
import SluiceOAuth
import Synchronization

/// A store like another one, but far away: what concerns grants takes some milliseconds before and after.
///
/// On a store that answers within the same tick, a read followed by an unconditional write looks safe. With latency every such
/// race has many winners, so the tests of races run on this. Its line can also be cut.
struct SlowStore: AuthorityStore {
    /// What can go wrong on the way, switched by a test.
    final class Line: Sendable {
        private struct State {
            var isCut = false
            var losesAnswers = false
            var isFull = false
            var readsFirst = false
        }

        private let state = Mutex(State())

        /// Nobody learns of changes any more.
        var isCut: Bool {
            get { state.withLock { $0.isCut } }
            set { state.withLock { $0.isCut = newValue } }
        }

        /// What was written to a grant is kept, but the answer never arrives.
        var losesAnswers: Bool {
            get { state.withLock { $0.losesAnswers } }
            set { state.withLock { $0.losesAnswers = newValue } }
        }

        /// Writes to grants are refused, and nothing of them is kept.
        var isFull: Bool {
            get { state.withLock { $0.isFull } }
            set { state.withLock { $0.isFull = newValue } }
        }

        /// A rotation reads, tests and then writes whatever happened meanwhile: the mistake that races are tested for.
        var readsFirst: Bool {
            get { state.withLock { $0.readsFirst } }
            set { state.withLock { $0.readsFirst = newValue } }
        }
    }

    let base: any AuthorityStore
    let line: Line
    let pause: Duration

    init(_ base: any AuthorityStore, line: Line = Line(), pause: Duration = .milliseconds(2)) {
        self.base = base
        self.line = line
        self.pause = pause
    }

    private func slowly<Value>(_ work: () async throws -> Value) async throws -> Value {
        // The one place in the tests that sleeps: it is the latency.
        if pause > .zero { try await Task.sleep(for: pause) }
        let value = try await work()
        if pause > .zero { try await Task.sleep(for: pause) }
        return value
    }

    private func writingSlowly<Value>(_ work: () async throws -> Value) async throws -> Value {
        if line.isFull { throw StoreError.unavailable("the disk is full") }
        let value = try await slowly(work)
        if line.losesAnswers { throw StoreError.unavailable("the connection was lost") }
        return value
    }

    private func listening<Value>(_ work: () async throws -> Value) async throws -> Value {
        if line.isCut { throw StoreError.unavailable("the line is cut") }
        return try await work()
    }
}

// MARK: Grants

extension SlowStore {
    func insert(_ grant: PendingGrant, decision: String, audit: AuditEvent) async throws -> Insertion {
        try await writingSlowly { try await base.insert(grant, decision: decision, audit: audit) }
    }

    func redeem(
        _ hash: SecretHash, _ proof: CodeProof, _ use: GrantUse, wrongVerifierLimit: Int
    ) async throws -> Redemption {
        try await writingSlowly { try await base.redeem(hash, proof, use, wrongVerifierLimit: wrongVerifierLimit) }
    }

    func facts(of id: GrantID) async throws -> GrantFacts? { try await slowly { try await base.facts(of: id) } }

    func rotate(_ id: GrantID, from generation: UInt32, _ use: GrantUse, leeway: Duration) async throws -> Rotation {
        guard line.readsFirst else {
            return try await writingSlowly { try await base.rotate(id, from: generation, use, leeway: leeway) }
        }
        guard try await grant(id)?.generation == generation else { return .unknown }
        guard let now = try await base.grant(id) else { return .unknown }
        return try await base.rotate(id, from: now.generation, use, leeway: leeway)
    }

    func revoke(
        _ id: GrantID, account: AccountID?, client: ClientID?, reason: RevocationReason, at now: Date,
        trace: RequestTrace
    ) async throws -> Bool {
        try await writingSlowly {
            try await base.revoke(id, account: account, client: client, reason: reason, at: now, trace: trace)
        }
    }

    func revokeAll(
        of account: AccountID, for client: ClientID, reason: RevocationReason, at now: Date, trace: RequestTrace
    ) async throws -> Int {
        try await writingSlowly {
            try await base.revokeAll(of: account, for: client, reason: reason, at: now, trace: trace)
        }
    }

    func expire(_ id: GrantID, at now: Date, lastUse: Date, trace: RequestTrace) async throws -> Bool {
        try await writingSlowly { try await base.expire(id, at: now, lastUse: lastUse, trace: trace) }
    }

    func grant(_ id: GrantID) async throws -> Grant? { try await slowly { try await base.grant(id) } }

    func grant(code hash: SecretHash) async throws -> Grant? { try await slowly { try await base.grant(code: hash) } }

    func liveGrants(
        of account: AccountID, client: ClientID?, at now: Date, accessTokenLifetime: Duration
    ) async throws -> [Grant] {
        try await slowly {
            try await base.liveGrants(of: account, client: client, at: now, accessTokenLifetime: accessTokenLifetime)
        }
    }

    func grants(account: AccountID?, client: ClientID?, _ page: SliceRequest) async throws -> Slice<Grant> {
        try await slowly { try await base.grants(account: account, client: client, page) }
    }

    func sweepGrants(before date: Date) async throws -> Int {
        try await slowly { try await base.sweepGrants(before: date) }
    }
}

// MARK: Changes

extension SlowStore {
    func changes(after sequence: Int64) async throws -> [Change] {
        try await listening { try await base.changes(after: sequence) }
    }

    func changes(since date: Date) async throws -> [Change] {
        try await listening { try await base.changes(since: date) }
    }

    func lastChange() async throws -> Int64 { try await listening { try await base.lastChange() } }

    func sweepChanges(before date: Date) async throws { try await base.sweepChanges(before: date) }
}

// MARK: Everything else, as it is

extension SlowStore {
    func create(
        _ account: Account, passwordHash: String, organization: Organization, audit: AuditEvent
    ) async throws -> Bool {
        try await base.create(account, passwordHash: passwordHash, organization: organization, audit: audit)
    }

    func account(_ id: AccountID) async throws -> Account? { try await base.account(id) }

    func account(email: EmailAddress) async throws -> Account? { try await base.account(email: email) }

    func passwordHash(of id: AccountID) async throws -> String? { try await base.passwordHash(of: id) }

    func accounts(_ page: SliceRequest) async throws -> Slice<Account> { try await base.accounts(page) }

    func update(_ id: AccountID, name: DisplayName, timeZone: String, audit: AuditEvent) async throws -> Bool {
        try await base.update(id, name: name, timeZone: timeZone, audit: audit)
    }

    func change(_ id: AccountID, email: EmailAddress, audit: AuditEvent) async throws -> EmailChange {
        try await base.change(id, email: email, audit: audit)
    }

    func replacePasswordHash(
        of id: AccountID, expected: String?, with hash: String, audit: AuditEvent?
    ) async throws -> Bool {
        try await base.replacePasswordHash(of: id, expected: expected, with: hash, audit: audit)
    }

    func disable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await base.disable(id, at: now, audit: audit)
    }

    func enable(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await base.enable(id, at: now, audit: audit)
    }

    func close(_ id: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await base.close(id, at: now, audit: audit)
    }

    func organizations(of id: AccountID) async throws -> [Organization] { try await base.organizations(of: id) }

    func insert(_ key: APIKeyRecord, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await base.insert(key, formID: formID, limit: limit, audit: audit)
    }

    func key(_ hash: SecretHash) async throws -> (key: APIKeyRecord, account: Account.State)? {
        try await base.key(hash)
    }

    func key(_ id: APIKeyID, of account: AccountID) async throws -> APIKeyRecord? {
        try await base.key(id, of: account)
    }

    func keys(of account: AccountID, _ page: SliceRequest) async throws -> Slice<APIKeyRecord> {
        try await base.keys(of: account, page)
    }

    func rename(_ id: APIKeyID, of account: AccountID, to name: DisplayName, audit: AuditEvent) async throws -> Bool {
        try await base.rename(id, of: account, to: name, audit: audit)
    }

    func rotate(
        _ id: APIKeyID, of account: AccountID, to successor: APIKeyRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await base.rotate(
            id, of: account, to: successor, overlapEnds: overlapEnds, formID: formID, audit: audit)
    }

    func revoke(_ id: APIKeyID, of account: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await base.revoke(id, of: account, at: now, audit: audit)
    }

    func noteUse(_ uses: [APIKeyID: Date]) async throws { try await base.noteUse(uses) }

    func append(_ event: AuditEvent) async throws { try await base.append(event) }

    func events(account: AccountID?, _ page: SliceRequest) async throws -> Slice<AuditEvent> {
        try await base.events(account: account, page)
    }

    func events(requestID: String) async throws -> [AuditEvent] { try await base.events(requestID: requestID) }

    func insert(_ client: Client, formID: String?, limit: Int?, audit: AuditEvent) async throws -> Insertion {
        try await base.insert(client, formID: formID, limit: limit, audit: audit)
    }

    func client(_ id: ClientID) async throws -> Client? { try await base.client(id) }

    func clients(of owner: AccountID, _ page: SliceRequest) async throws -> Slice<Client> {
        try await base.clients(of: owner, page)
    }

    func clients(_ page: SliceRequest) async throws -> Slice<Client> { try await base.clients(page) }

    func update(_ client: Client, audit: AuditEvent) async throws -> Bool {
        try await base.update(client, audit: audit)
    }

    func rotateSecret(
        of id: ClientID, owner: AccountID, to secret: ClientSecretRecord, overlapEnds: Date, formID: String?,
        audit: AuditEvent
    ) async throws -> Insertion {
        try await base.rotateSecret(
            of: id, owner: owner, to: secret, overlapEnds: overlapEnds, formID: formID, audit: audit)
    }

    func delete(_ id: ClientID, owner: AccountID, at now: Date, audit: AuditEvent) async throws -> Bool {
        try await base.delete(id, owner: owner, at: now, audit: audit)
    }

    func open(
        _ session: Session, replacing old: SessionID?, ifPasswordHash hash: String?, audit: AuditEvent
    ) async throws -> Bool {
        try await base.open(session, replacing: old, ifPasswordHash: hash, audit: audit)
    }

    func session(_ hash: SecretHash) async throws -> (session: Session, account: Account)? {
        try await base.session(hash)
    }

    func touch(_ id: SessionID, at now: Date) async throws { try await base.touch(id, at: now) }

    func sessions(of account: AccountID) async throws -> [Session] { try await base.sessions(of: account) }

    func end(_ id: SessionID, of account: AccountID, audit: AuditEvent) async throws -> Bool {
        try await base.end(id, of: account, audit: audit)
    }

    func endAll(of account: AccountID, except kept: SessionID?, audit: AuditEvent) async throws -> Int {
        try await base.endAll(of: account, except: kept, audit: audit)
    }

    func signingKeys() async throws -> [SigningKeyRecord] { try await base.signingKeys() }

    func add(
        _ key: SigningKeyRecord, after newest: String?, retirement: Date?, audit: AuditEvent
    ) async throws -> Bool {
        try await base.add(key, after: newest, retirement: retirement, audit: audit)
    }

    func sweepSigningKeys(before date: Date) async throws { try await base.sweepSigningKeys(before: date) }

    func sealedValue(_ name: String) async throws -> [UInt8]? { try await base.sealedValue(name) }

    func setSealedValue(_ name: String, _ value: [UInt8]) async throws -> [UInt8] {
        try await base.setSealedValue(name, value)
    }

    func addRateCounts(_ counts: [RateCount]) async throws { try await base.addRateCounts(counts) }

    func rateCounts(of bucket: RateBucket, at now: Date) async throws -> [RateCount] {
        try await base.rateCounts(of: bucket, at: now)
    }

    func sweepRateCounts(before date: Date) async throws { try await base.sweepRateCounts(before: date) }

    func checkReady() async throws { try await base.checkReady() }
}

// MARK: Organizations

extension SlowStore {
    func add(_ organization: Organization, formID: String?, limit: Int, audit: AuditEvent) async throws -> Insertion {
        try await base.add(organization, formID: formID, limit: limit, audit: audit)
    }

    func organization(_ id: OrganizationID) async throws -> Organization? {
        try await base.organization(id)
    }

    func organizations(_ page: SliceRequest) async throws -> Slice<Organization> {
        try await base.organizations(page)
    }

    func rename(_ id: OrganizationID, to name: DisplayName, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.rename(id, to: name, warrant, audit: audit)
    }

    func delete(_ id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await base.delete(id, warrant, audit: audit)
    }

    func membership(of account: AccountID, in organization: OrganizationID) async throws -> Membership? {
        try await base.membership(of: account, in: organization)
    }

    func memberships(of account: AccountID) async throws -> [Membership] {
        try await base.memberships(of: account)
    }

    func members(of id: OrganizationID, _ page: SliceRequest) async throws -> Slice<OrganizationMember> {
        try await base.members(of: id, page)
    }

    func memberCounts(of ids: [OrganizationID]) async throws -> [OrganizationID: Int] {
        try await base.memberCounts(of: ids)
    }

    func change(_ member: AccountID, in id: OrganizationID, to role: Membership.Role, _ warrant: Warrant, audit: AuditEvent)
        async throws -> OrganizationProblem?
    {
        try await base.change(member, in: id, to: role, warrant, audit: audit)
    }

    func remove(_ member: AccountID, from id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.remove(member, from: id, warrant, audit: audit)
    }

    func leave(_ id: OrganizationID, _ account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await base.leave(id, account, audit: audit)
    }

    func transfer(_ id: OrganizationID, to member: AccountID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.transfer(id, to: member, warrant, audit: audit)
    }

    func invite(_ invitation: Invitation, formID: String?, limit: Int, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.invite(invitation, formID: formID, limit: limit, warrant, audit: audit)
    }

    func openInvitations(of id: OrganizationID, at now: Date) async throws -> [Invitation] {
        try await base.openInvitations(of: id, at: now)
    }

    func invitation(_ hash: SecretHash, at now: Date) async throws -> ReceivedInvitation? {
        try await base.invitation(hash, at: now)
    }

    func withdraw(_ invitation: InvitationID, of id: OrganizationID, _ warrant: Warrant, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.withdraw(invitation, of: id, warrant, audit: audit)
    }

    func accept(_ hash: SecretHash, by account: AccountID, limits: MembershipLimits, audit: AuditEvent) async throws
        -> OrganizationProblem?
    {
        try await base.accept(hash, by: account, limits: limits, audit: audit)
    }

    func decline(_ hash: SecretHash, by account: AccountID, audit: AuditEvent) async throws -> OrganizationProblem? {
        try await base.decline(hash, by: account, audit: audit)
    }
}
