import Foundation
public import SluiceOAuth

/// Access tokens that are always good: kept in a storage, refreshed early, by one request however many callers ask.
///
/// Buffer's rule makes a refresh delicate: a refresh token works once, and a second use revokes everything. So a source
///
/// - sends one refresh at a time, over all tasks and, by the storage's lock, over all processes that share the storage;
/// - writes down that it is about to refresh before it sends anything, so that a full disk is found out while nothing is spent, and a
///   crash leaves a trace;
/// - saves the new pair before it gives it to anybody;
/// - after a lost answer presents the same refresh token once more. Nothing can be lost by that: if the server had spent it, its
///   successor is out of reach anyway, unless the server answers it again (Sluice does within `reuse-leeway`);
/// - takes `invalid_grant` as the end and says so from then on without asking again; if an answer was lost before, that is the
///   reason it gives.
/// - Source: RFC 6749 §6; RFC 9700 §4.14.2; Buffer's page, "Refreshing tokens".
public actor TokenSource {
    /// The client that the tokens are issued to.
    public nonisolated let client: OAuthClient
    private let storage: any TokenStorage
    private let earliness: TimeInterval
    /// What the storage holds, as far as this source knows.
    private var kept: StoredTokens?
    /// The access token that the API refused last.
    private var refused: String?
    /// A pair that the server gave and the storage did not take yet, and the refresh token that it cost.
    private var unsaved: (pair: StoredTokens, spent: String)?
    /// A refresh token that the server takes no more, in case that could not be written down.
    private var ended: (refreshToken: String, ending: TokenEnding)?
    /// After a failure that says nothing about waiting: when it was, and what.
    private var failed: (pause: RefreshPause, error: OAuthRequestError)?
    private var settling: Task<Void, Never>?
    private var waiting: [UInt64: CheckedContinuation<Result<StoredTokens, TokenError>, Never>] = [:]
    private var numberOfWaits: UInt64 = 0

    /// A source of the client's tokens.
    /// - Parameters:
    ///   - storage: Where they are kept; share one between all that act for the same user.
    ///   - refreshesEarly: How long before its end an access token is replaced; never more than a quarter of its life.
    public init(client: OAuthClient, storage: any TokenStorage, refreshesEarly: Duration = .seconds(60)) {
        self.client = client
        self.storage = storage
        earliness = max(0, refreshesEarly.inSeconds)
    }

    /// An access token with life left in it.
    /// - Throws: `TokenError`. While an access token lives, a refresh or a storage that fails is no reason to throw.
    public func accessToken() async throws(TokenError) -> String {
        if let kept, isUsable(kept) { return kept.tokens.accessToken }
        if kept == nil, let stored = try? await storage.load(), isOwn(stored), stored.ending == nil, isFresh(stored) {
            // The usual case of a short-lived process: nothing to settle, so nobody needs the lock.
            kept = stored
            if stored.tokens.accessToken != refused { return stored.tokens.accessToken }
        }
        var result = await settled()
        // The settling that was under way may have begun before the API refused its token.
        if case .success(let stored) = result, stored.tokens.accessToken == refused { result = await settled() }
        switch result {
        case .success(let stored): return stored.tokens.accessToken
        case .failure(let error):
            // The old access token outlives a rotation (S82), and what failed may do next time.
            switch error {
            case .notRefreshed, .storage:
                if let kept, isAlive(kept) { return kept.tokens.accessToken }
            case .signedOut, .otherClient, .signInAgain, .notRevoked, .cancelled: break
            }
            throw error
        }
    }

    /// An access token other than the one that the API just refused with 401.
    /// - Throws: `TokenError`.
    public func accessToken(insteadOf rejected: String) async throws(TokenError) -> String {
        refused = rejected
        return try await accessToken()
    }

    /// Keeps the tokens of a new sign-in in place of whatever was kept.
    /// - Throws: `TokenError.storage`; then nothing is kept of them.
    public func signIn(with tokens: TokenSet) async throws(TokenError) {
        let pair = StoredTokens(tokens: tokens, issuer: client.server.issuer, clientID: client.registration.clientID)
        try await seenToItsEnd { source in
            try await source.keep(pair)
            source.unsaved = nil
        }
    }

    /// Gives the tokens back to the server, and forgets them.
    /// - Returns: Whether the server was told; `false` if it names no revocation endpoint, or nothing was kept that still works.
    /// - Throws: `TokenError.notRevoked` if the server should have been told and may not have been: then everything is kept.
    @discardableResult
    public func signOut() async throws(TokenError) -> Bool {
        try await seenToItsEnd { source in
            var wasTold = false
            if let stored = try await source.newest(), stored.ending == nil {
                do throws(OAuthRequestError) {
                    wasTold = try await source.client.revoke(stored.tokens.refreshToken ?? stored.tokens.accessToken)
                } catch {
                    throw TokenError.notRevoked(error)
                }
            }
            try await source.drop()
            return wasTold
        }
    }

    /// Forgets the tokens without telling the server, where they stay good.
    /// - Throws: `TokenError.storage`.
    public func forget() async throws(TokenError) { try await seenToItsEnd { try await $0.drop() } }

    /// What is kept, without any request; `nil` if nothing is.
    /// - Throws: `TokenError.storage`.
    public func current() async throws(TokenError) -> StoredTokens? { try await load() }

    // MARK: One at a time

    /// The result of a look at the storage, and of a refresh if one is due. All who ask meanwhile get the same.
    private func settled() async -> Result<StoredTokens, TokenError> {
        if settling == nil {
            // Unstructured on purpose: the first caller may be cancelled while others wait for the same answer, and a refresh that was
            // sent must be seen to its end.
            settling = Task {
                let result: Result<StoredTokens, TokenError>
                do throws(TokenError) {
                    result = .success(try await exclusively { try await $0.settle() })
                } catch {
                    result = .failure(error)
                }
                settling = nil
                let answered = waiting
                waiting = [:]
                for continuation in answered.values { continuation.resume(returning: result) }
            }
        }
        numberOfWaits += 1
        let number = numberOfWaits
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: .failure(.cancelled))
                } else {
                    waiting[number] = continuation
                }
            }
        } onCancel: {
            Task { await self.stopWaiting(number) }
        }
    }

    private func stopWaiting(_ number: UInt64) {
        waiting.removeValue(forKey: number)?.resume(returning: .failure(.cancelled))
    }

    /// Does the work inside the lock in a task of its own: half a sign-in is worse than a late one.
    private func seenToItsEnd<Value: Sendable>(
        _ work: @escaping @Sendable (isolated TokenSource) async throws -> Value
    ) async throws(TokenError) -> Value {
        let task = Task { () -> Result<Value, TokenError> in
            do throws(TokenError) { return .success(try await exclusively(work)) } catch { return .failure(error) }
        }
        return try await task.value.get()
    }

    /// Holds the storage's lock around the work, and gives every failure its name.
    private func exclusively<Value: Sendable>(
        _ work: @escaping @Sendable (isolated TokenSource) async throws -> Value
    ) async throws(TokenError) -> Value {
        do {
            return try await storage.exclusively { try await work(self) }
        } catch let error as TokenError {
            throw error
        } catch let error as TokenStorageError {
            throw .storage(error)
        } catch {
            throw .storage(.unreadable("The token storage failed: \(type(of: error))."))
        }
    }

    // MARK: Inside the lock

    private func settle() async throws(TokenError) -> StoredTokens {
        guard let stored = try await loadOwn() else { throw .signedOut }
        if let ending = stored.ending { throw .signInAgain(ending) }
        // Another process may have refreshed since this source looked.
        if isFresh(stored), stored.tokens.accessToken != refused { return stored }
        guard let refreshToken = stored.tokens.refreshToken else {
            if isAlive(stored) { return stored }
            throw .signInAgain(.noRefreshToken)
        }
        if let ended, ended.refreshToken == refreshToken { throw .signInAgain(ended.ending) }
        let now = client.now()
        if let pause = stored.pause, pause.holds(at: now) {
            let rest = Duration.seconds(pause.until.timeIntervalSince(now).rounded(.up))
            throw .notRefreshed(.unavailable(status: pause.status, retryAfter: rest))
        }
        if let failed, failed.pause.holds(at: now) { throw .notRefreshed(failed.error) }
        return try await refresh(stored, refreshToken)
    }

    private func refresh(_ stored: StoredTokens, _ refreshToken: String) async throws(TokenError) -> StoredTokens {
        var doubt = stored.refreshBegunAt
        let begunAt = client.now()
        var marked = stored
        marked.pause = nil
        if doubt == nil {
            marked.refreshBegunAt = begunAt
            try await save(marked)
        }
        var isSecondTry = false
        while true {
            let tokens: TokenSet
            do {
                tokens = try await client.refresh(refreshToken, granted: stored.tokens.scopes)
            } catch {
                if case .refused(let refusal) = error, refusal.isInvalidGrant {
                    throw await end(marked, refreshToken, refusal, doubt: doubt)
                }
                if error.leavesDoubt {
                    doubt = doubt ?? begunAt
                    if !isSecondTry, Self.isWorthASecondTry(error) {
                        isSecondTry = true
                        continue
                    }
                }
                await note(error, on: marked, doubt: doubt)
                throw .notRefreshed(error)
            }
            return try await take(
                StoredTokens(tokens: tokens, issuer: stored.issuer, clientID: stored.clientID), spent: refreshToken)
        }
    }

    /// Saves a pair that was just given, before anybody uses it.
    private func take(_ pair: StoredTokens, spent: String) async throws(TokenError) -> StoredTokens {
        unsaved = (pair, spent)
        try await keep(pair)
        unsaved = nil
        return pair
    }

    /// Writes down how a refresh failed: whether the token may be spent, and how long the server wants to be left alone.
    private func note(_ error: OAuthRequestError, on marked: StoredTokens, doubt: Date?) async {
        let now = client.now()
        var noted = marked
        noted.refreshBegunAt = doubt
        if case .unavailable(let status, let wait?) = error {
            noted.pause = RefreshPause(begunAt: now, until: now.addingTimeInterval(wait.inSeconds), status: status)
        } else {
            failed = (RefreshPause(begunAt: now, until: now.addingTimeInterval(1), status: 0), error)
        }
        kept = noted
        // If this cannot be written the mark stays, which only makes a later refusal's reason less certain.
        if noted != marked { try? await storage.save(noted) }
    }

    /// Writes down that these tokens are dead, so that neither this process nor the next presents them again.
    private func end(
        _ stored: StoredTokens, _ refreshToken: String, _ refusal: OAuthRefusal, doubt: Date?
    ) async -> TokenError {
        let ending: TokenEnding =
            doubt.map { .answerLost(since: $0) } ?? .refused(code: refusal.code, text: refusal.text)
        var dead = stored
        dead.tokens.refreshToken = nil
        dead.ending = ending
        dead.refreshBegunAt = nil
        kept = nil
        ended = (refreshToken, ending)
        // If it cannot be written, this process remembers, and the next one asks the server once and hears the same.
        try? await storage.save(dead)
        return .signInAgain(ending)
    }

    /// What is kept, if it is this client's. A pair that could not be saved before is saved first.
    private func loadOwn() async throws(TokenError) -> StoredTokens? {
        let stored = try await newest()
        if let unsaved {
            if stored == unsaved.pair { try await keep(unsaved.pair) }
            self.unsaved = nil
        }
        kept = stored?.ending == nil ? stored : nil
        return stored
    }

    /// The newest tokens there are: in the storage or, if it did not take them, here.
    private func newest() async throws(TokenError) -> StoredTokens? {
        guard let stored = try await load() else { return nil }
        // Unless somebody signed in or out meanwhile: then the pair belongs to nobody.
        if let unsaved, stored.tokens.refreshToken == unsaved.spent { return unsaved.pair }
        guard isOwn(stored) else {
            kept = nil
            throw .otherClient(issuer: stored.issuer, clientID: stored.clientID)
        }
        return stored
    }

    private func isOwn(_ stored: StoredTokens) -> Bool {
        stored.issuer == client.server.issuer && stored.clientID == client.registration.clientID
    }

    private func keep(_ pair: StoredTokens) async throws(TokenError) {
        try await save(pair)
        kept = pair
        failed = nil
        ended = nil
    }

    private func load() async throws(TokenError) -> StoredTokens? {
        do { return try await storage.load() } catch { throw .storage(error) }
    }

    private func save(_ tokens: StoredTokens) async throws(TokenError) {
        do { try await storage.save(tokens) } catch { throw .storage(error) }
    }

    private func drop() async throws(TokenError) {
        do { try await storage.remove() } catch { throw .storage(error) }
        kept = nil
        unsaved = nil
        failed = nil
        ended = nil
    }

    // MARK: Time

    /// Whether a token can be given without a look at the storage.
    private func isUsable(_ stored: StoredTokens) -> Bool {
        guard stored.tokens.accessToken != refused else { return false }
        if isFresh(stored) { return true }
        let now = client.now()
        return isAlive(stored) && (stored.pause?.holds(at: now) == true || failed?.pause.holds(at: now) == true)
    }

    /// Whether there is so much life left that nobody need refresh.
    private func isFresh(_ stored: StoredTokens) -> Bool {
        let life = stored.tokens.expiresAt.timeIntervalSince(stored.tokens.obtainedAt)
        // A token that is made short-lived on purpose is used, not replaced at once.
        return client.now() < stored.tokens.expiresAt.addingTimeInterval(-min(earliness, life / 4))
    }

    private func isAlive(_ stored: StoredTokens) -> Bool {
        client.now() < stored.tokens.expiresAt && stored.tokens.accessToken != refused
    }

    /// A cut connection may have been cut before the server looked. A server that says that it is broken should be left alone.
    private static func isWorthASecondTry(_ error: OAuthRequestError) -> Bool {
        switch error {
        case .transport(.answerLost), .unreadable: true
        case .refused, .unavailable, .unsupported, .transport(.notSent), .insecure: false
        }
    }
}

extension TokenSource: SecretHolder {
    /// Whose tokens they are; the tokens stay hidden.
    public nonisolated var description: String {
        "TokenSource(\(client.registration.clientID) at \(client.server.issuer))"
    }
}

extension Duration {
    /// The span in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
