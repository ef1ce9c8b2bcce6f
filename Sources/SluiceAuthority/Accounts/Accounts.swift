import Foundation
import SluiceOAuth

/// Makes, changes, disables and closes accounts.
public struct Accounts: Sendable {
    let store: any AuthorityStore
    let passwords: PasswordHasher
    let confirmations: Throttle
    let cache: BoundedCache<AccountID, Account>
    let feed: ChangeFeed
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// Why an account was not made or changed. The address being taken is told no more plainly than it must be (S16).
    public enum Problem: Error, Sendable, Equatable {
        case signUpClosed
        case invitationNeeded
        case emailInvalid
        case nameInvalid
        case timeZoneInvalid
        case password(PasswordProblem)
        case emailUnusable
        case wrongPassword
        case unknown
    }

    /// Makes an account for whoever asks, as the sign-up policy allows.
    /// - Throws: `Problem`, `PasswordHasherBusy`, `StoreError`.
    public func signUp(
        email: String, name: String, password: String, invitation: String?, trace: RequestTrace
    ) async throws -> Account {
        switch configuration.signUpPolicy {
        case .open: break
        case .closed: throw Problem.signUpClosed
        case .invite:
            guard let expected = configuration.invitation, !expected.isEmpty, let invitation,
                SecretHash(of: expected).matches(invitation)
            else { throw Problem.invitationNeeded }
        }
        return try await create(email: email, name: name, password: password, trace: trace)
    }

    /// Makes an account, whatever the policy says: for the operator, and for whoever an open invitation is for.
    /// - Parameters:
    ///   - timeZone: A name from the IANA's database.
    ///   - organization: What its first organization is called; `nil` for a name made of the account's.
    /// - Throws: `Problem`, `PasswordHasherBusy`, `StoreError`.
    public func create(
        email: String, name: String, password: String, timeZone: String = "UTC", organization: String? = nil,
        trace: RequestTrace
    ) async throws -> Account {
        guard let email = EmailAddress(email) else { throw Problem.emailInvalid }
        let name = try Self.checked(name, timeZone)
        let organizationName: DisplayName
        if let organization {
            guard let given = DisplayName(organization) else { throw Problem.nameInvalid }
            organizationName = given
        } else {
            organizationName = DisplayName("\(name.text.prefix(80))’s organization") ?? name
        }
        let password = try Self.newPassword(password, email: email)
        // Hashed before the address is looked at: a taken one takes as long.
        let hash = try await passwords.hash(password.text)
        let now = environment.now()
        let account = Account(
            id: AccountID(random: environment.random), email: email, name: name, timeZone: timeZone, state: .active,
            createdAt: now)
        let organization = Organization(
            id: OrganizationID(random: environment.random), name: organizationName, ownerID: account.id, ownerEmail: email,
            createdAt: now)
        let event = AuditEvent(.accountCreated, at: now, account: account.id, trace: trace)
        guard try await store.create(account, passwordHash: hash, organization: organization, audit: event) else {
            throw Problem.emailUnusable
        }
        return account
    }

    /// The account, closed ones included. From memory where possible.
    public func account(_ id: AccountID) async throws -> Account? {
        if feed.isInTouch, let account = cache.value(for: id) { return account }
        let epoch = cache.epoch
        guard let account = try await store.account(id) else { return nil }
        cache.insert(account, for: id, readIn: epoch)
        return account
    }

    /// The account that signs in with an address.
    public func account(email: String) async throws -> Account? {
        guard let email = EmailAddress(email) else { return nil }
        return try await store.account(email: email)
    }

    /// All accounts, newest first.
    public func list(_ page: SliceRequest) async throws -> Slice<Account> { try await store.accounts(page) }

    /// The organizations that an account belongs to, what it joined first first.
    public func organizations(of id: AccountID) async throws -> [Organization] { try await store.organizations(of: id) }

    /// Looks whether `update` would take these, for a form that changes more than them.
    /// - Throws: `Problem.nameInvalid`, `Problem.timeZoneInvalid`.
    public func check(name: String, timeZone: String) throws(Problem) { _ = try Self.checked(name, timeZone) }

    private static func checked(_ name: String, _ timeZone: String) throws(Problem) -> DisplayName {
        guard let name = DisplayName(name) else { throw .nameInvalid }
        // ASCII first: `contains` would take the Kelvin sign for a K.
        guard timeZone.utf8.allSatisfy({ $0 < 0x80 }),
            timeZone == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(timeZone)
        else { throw .timeZoneInvalid }
        return name
    }

    /// Changes name and time zone.
    public func update(_ id: AccountID, name: String, timeZone: String, trace: RequestTrace) async throws {
        let name = try Self.checked(name, timeZone)
        let event = AuditEvent(.accountUpdated, at: environment.now(), account: id, trace: trace)
        guard try await store.update(id, name: name, timeZone: timeZone, audit: event) else { throw Problem.unknown }
        await feed.follow()
    }

    /// Changes the address; the password proves that it is the owner who asks.
    public func changeEmail(_ id: AccountID, to email: String, password: String, trace: RequestTrace) async throws {
        guard let email = EmailAddress(email) else { throw Problem.emailInvalid }
        try await confirm(id, password: password, trace: trace)
        let event = AuditEvent(.accountEmailChanged, at: environment.now(), account: id, trace: trace)
        switch try await store.change(id, email: email, audit: event) {
        case .changed: await feed.follow()
        case .taken: throw Problem.emailUnusable
        case .unknown: throw Problem.unknown
        }
    }

    /// Changes the password.
    /// - Parameter kept: The session that asks; the account's others end if `endOtherSessions` says so (S132).
    public func changePassword(
        _ id: AccountID, from old: String, to new: String, endOtherSessions: Bool, keeping kept: SessionID?,
        trace: RequestTrace
    ) async throws {
        guard let account = try await store.account(id), account.state == .active else { throw Problem.unknown }
        let stored = try await confirm(id, password: old, trace: trace)
        let hash = try await passwords.hash(Self.newPassword(new, email: account.email).text)
        let now = environment.now()
        let event = AuditEvent(.accountPasswordChanged, at: now, account: id, trace: trace)
        guard try await store.replacePasswordHash(of: id, expected: stored, with: hash, audit: event) else {
            throw Problem.wrongPassword
        }
        guard endOtherSessions else { return }
        _ = try await store.endAll(
            of: id, except: kept,
            audit: AuditEvent(.sessionEnded, at: now, account: id, subject: "others", trace: trace))
    }

    /// Sets a password without knowing the old one, and ends every session: for the operator.
    public func resetPassword(_ id: AccountID, to new: String, trace: RequestTrace) async throws {
        guard let account = try await store.account(id), account.state != .closed else { throw Problem.unknown }
        let hash = try await passwords.hash(Self.newPassword(new, email: account.email).text)
        let now = environment.now()
        let event = AuditEvent(.accountPasswordReset, at: now, account: id, trace: trace)
        guard try await store.replacePasswordHash(of: id, expected: nil, with: hash, audit: event) else {
            throw Problem.unknown
        }
        _ = try await store.endAll(
            of: id, except: nil, audit: AuditEvent(.sessionEnded, at: now, account: id, subject: "all", trace: trace))
    }

    /// Disables an account: everything of it stops at once.
    /// - Returns: `false` if it was not active.
    public func disable(_ id: AccountID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        let event = AuditEvent(.accountDisabled, at: now, account: id, trace: trace)
        guard try await store.disable(id, at: now, audit: event) else { return false }
        await feed.follow()
        return true
    }

    /// Enables a disabled account.
    /// - Returns: `false` if it was not disabled.
    public func enable(_ id: AccountID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        let event = AuditEvent(.accountEnabled, at: now, account: id, trace: trace)
        guard try await store.enable(id, at: now, audit: event) else { return false }
        await feed.follow()
        return true
    }

    /// Closes an account for its owner, who proves it with the password (S131).
    public func close(_ id: AccountID, password: String, trace: RequestTrace) async throws {
        try await confirm(id, password: password, trace: trace)
        guard try await close(id, trace: trace) else { throw Problem.unknown }
    }

    /// Closes an account for the operator.
    /// - Returns: `false` if it was closed already or never was.
    public func close(_ id: AccountID, trace: RequestTrace) async throws -> Bool {
        let now = environment.now()
        let event = AuditEvent(.accountClosed, at: now, account: id, trace: trace)
        guard try await store.close(id, at: now, audit: event) else { return false }
        await feed.follow()
        return true
    }

    /// Checks that whoever asks knows the account's password. Whoever got hold of a session cannot try passwords faster here than
    /// at sign-in.
    /// - Returns: The stored hash that it was checked against.
    /// - Throws: `Problem.wrongPassword`, `Throttled`, `PasswordHasherBusy`, `StoreError`.
    @discardableResult
    private func confirm(_ id: AccountID, password: String, trace: RequestTrace) async throws -> String? {
        let bucket = ["p:\(trace.network):\(id)"]
        let now = environment.now()
        if let wait = confirmations.admit(bucket, at: now) { throw Throttled(wait: wait) }
        let stored = try await store.passwordHash(of: id)
        do {
            guard password.utf8.count <= AuthorityLimits.passwordInBytes,
                try await passwords.verify(password, against: stored)
            else { throw Problem.wrongPassword }
        } catch let busy as PasswordHasherBusy {
            confirmations.takeBack(bucket, at: now)
            throw busy
        }
        confirmations.forgive(bucket)
        return stored
    }

    private static func newPassword(_ text: String, email: EmailAddress) throws(Problem) -> NewPassword {
        do { return try NewPassword(text, email: email) } catch { throw .password(error) }
    }
}
