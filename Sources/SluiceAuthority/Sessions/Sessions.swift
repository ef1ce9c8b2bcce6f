import Crypto
import Foundation
public import SluiceOAuth

/// Signs people in and out, and knows who a browser belongs to.
public struct Sessions: Sendable {
    let store: any AuthorityStore
    let passwords: PasswordHasher
    let vault: Vault
    let byAddress: Throttle
    let byAccount: Throttle
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// Why nobody was signed in. Unknown address, wrong password and disabled account look alike (S16).
    public enum Problem: Error, Sendable, Equatable {
        case wrong
        case throttled(Throttled)
        case busy
    }

    /// A fresh session and the cookies' values. Holds secrets.
    public struct Opened: Sendable, SecretHolder {
        /// The session.
        public let session: Session
        /// The session cookie's value.
        public let secret: String
        /// The device cookie's value: this browser may keep trying when strangers are made to wait.
        public let device: String
        /// Hides the secrets.
        public var description: String { "Opened(\(session.id))" }
    }

    /// Who a browser is signed in as.
    public struct Current: Sendable {
        /// The session.
        public let session: Session
        /// Its account, which is active.
        public let account: Account
    }

    /// Signs in with address and password.
    /// - Parameters:
    ///   - device: The device cookie's value, if there is one.
    ///   - old: The browser's session so far: it ends, so that nobody can plant a session (session rotation).
    /// - Throws: `Problem`, `StoreError`.
    public func signIn(
        email: String, password: String, device: String?, replacing old: SessionID?, trace: RequestTrace
    ) async throws -> Opened {
        let now = environment.now()
        let address = EmailAddress(email)
        let account = if let address { try await store.account(email: address) } else { nil as Account? }
        let buckets = buckets(for: address, account?.id, device: device, trace: trace)
        // Counted before the password is looked at: hashing takes time, in which many tries at once would all get through.
        if let wait = byAddress.admit(buckets.address, at: now) {
            environment.count(.signInRefused)
            throw Problem.throttled(Throttled(wait: wait))
        }
        if let wait = byAccount.admit(buckets.account, at: now) {
            byAddress.takeBack(buckets.address, at: now)
            environment.count(.signInRefused)
            throw Problem.throttled(Throttled(wait: wait))
        }
        let stored = if let account { try await store.passwordHash(of: account.id) } else { nil as String? }
        let isRight: Bool
        do {
            // Over-long input is not hashed, but takes the decoy's time.
            let isPlausible = password.utf8.count <= AuthorityLimits.passwordInBytes
            isRight = try await passwords.verify(isPlausible ? password : "", against: isPlausible ? stored : nil)
        } catch is PasswordHasherBusy {
            byAddress.takeBack(buckets.address, at: now)
            byAccount.takeBack(buckets.account, at: now)
            environment.count(.hashingBusy)
            throw Problem.busy
        }
        guard let account, let stored, isRight, account.state == .active else {
            environment.count(.signInRefused)
            try await store.append(AuditEvent(.signInFailed, at: now, account: account?.id, trace: trace))
            throw Problem.wrong
        }
        byAddress.takeBack(buckets.address, at: now)
        byAccount.forgive(buckets.account)
        let proved = try await strengthened(stored, of: account.id, password)
        return try await open(account, replacing: old, ifPasswordHash: proved, trace: trace)
    }

    /// Stores a right password anew if its hash is weaker than today's.
    /// - Returns: The stored hash that the password is known to fit.
    private func strengthened(_ stored: String, of account: AccountID, _ password: String) async throws -> String {
        // Best effort: whoever changed the password meanwhile wins.
        guard passwords.isOutdated(stored), let stronger = try? await passwords.hash(password) else { return stored }
        if try await store.replacePasswordHash(of: account, expected: stored, with: stronger, audit: nil) {
            return stronger
        }
        // Perhaps another sign-in with the same password strengthened it first.
        guard let now = try await store.passwordHash(of: account), try await passwords.verify(password, against: now) else {
            return stored
        }
        return now
    }

    /// Opens a session for an account that just proved itself: at sign-in and after sign-up.
    public func open(_ account: Account, replacing old: SessionID?, trace: RequestTrace) async throws -> Opened {
        try await open(account, replacing: old, ifPasswordHash: nil, trace: trace)
    }

    private func open(
        _ account: Account, replacing old: SessionID?, ifPasswordHash hash: String?, trace: RequestTrace
    ) async throws -> Opened {
        let now = environment.now()
        let secret = Base64URL.encode(environment.random.bytes(32))
        let session = Session(
            id: SessionID(random: environment.random), accountID: account.id, hash: SecretHash(of: secret),
            authenticatedAt: now,
            lastSeenAt: now, expiresAt: now.addingTimeInterval(configuration.sessionLifetime.inSeconds),
            address: trace.address,
            userAgent: trace.userAgent)
        let event = AuditEvent(.signedIn, at: now, account: account.id, subject: session.id.text, trace: trace)
        guard try await store.open(session, replacing: old, ifPasswordHash: hash, audit: event) else { throw Problem.wrong }
        environment.count(.signedIn)
        return Opened(session: session, secret: secret, device: deviceCookie(for: account.id))
    }

    /// Who the session cookie belongs to; `nil` if the session ended, idled out, or its account is not active.
    public func current(_ cookie: String) async throws -> Current? {
        guard cookie.utf8.count == 43, let (session, account) = try await store.session(SecretHash(of: cookie)) else {
            return nil
        }
        let now = environment.now()
        guard account.state == .active, now < session.expiresAt,
            now.timeIntervalSince(session.lastSeenAt) < configuration.sessionIdleLifetime.inSeconds
        else { return nil }
        // To the minute, so that reading a page rarely writes.
        if now.timeIntervalSince(session.lastSeenAt) >= 60 { try? await store.touch(session.id, at: now) }
        return Current(session: session, account: account)
    }

    /// The account's sessions that have not ended, most recently used first.
    public func list(of account: AccountID) async throws -> [Session] {
        let now = environment.now()
        return try await store.sessions(of: account).filter {
            now < $0.expiresAt && now.timeIntervalSince($0.lastSeenAt) < configuration.sessionIdleLifetime.inSeconds
        }
    }

    /// Ends one session of the account.
    public func end(_ id: SessionID, of account: AccountID, trace: RequestTrace) async throws -> Bool {
        let event = AuditEvent(.sessionEnded, at: environment.now(), account: account, subject: id.text, trace: trace)
        return try await store.end(id, of: account, audit: event)
    }

    /// Ends all sessions of the account but the one that asks.
    public func endOthers(than kept: SessionID, of account: AccountID, trace: RequestTrace) async throws -> Int {
        let event = AuditEvent(.sessionEnded, at: environment.now(), account: account, subject: "others", trace: trace)
        return try await store.endAll(of: account, except: kept, audit: event)
    }

    /// A browser that signed in to this account before has a bucket of its own, so that strangers guessing at it slow only
    /// themselves (OWASP: device cookies). A device cookie of another account counts for nothing: anyone can have many.
    private func buckets(
        for email: EmailAddress?, _ account: AccountID?, device: String?, trace: RequestTrace
    ) -> (address: [String], account: [String]) {
        guard let email else { return (["a:\(trace.network)"], []) }
        if let device, let account, isDevice(device, of: account) {
            return (["a:\(trace.network)"], ["d:\(SecretHash(of: device).bytes):\(email.text)"])
        }
        return (["a:\(trace.network)"], ["e:\(email.text)"])
    }

    private func deviceCookie(for account: AccountID) -> String {
        let body = account.bytes + environment.random.bytes(12)
        return Base64URL.encode(body + Array(HMAC<SHA256>.authenticationCode(for: body, using: vault.deviceKey)))
    }

    private func isDevice(_ cookie: String, of account: AccountID) -> Bool {
        guard cookie.utf8.count == 75, let bytes = Base64URL.decode(cookie), bytes.count == 56,
            bytes.starts(with: account.bytes)
        else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes[24...], authenticating: bytes[..<24], using: vault.deviceKey)
    }
}
