import Crypto
package import Foundation
import SluiceOAuth
import Synchronization

/// Checks bearers. The common case touches memory only: a hash, a look in the cache of what was verified before, a look at what
/// was cut off.
public final class Bearers: Sendable {
    private let cache = BoundedCache<SecretHash, Bearer>(capacity: 20_000)
    private let uses = Mutex<[APIKeyID: Date]>([:])
    private let store: any APIKeyStore
    private let keys: SigningKeys
    private let cutOffs: CutOffs
    private let configuration: AuthorityConfiguration
    private let environment: AuthorityEnvironment

    init(
        store: any APIKeyStore, keys: SigningKeys, cutOffs: CutOffs, configuration: AuthorityConfiguration,
        environment: AuthorityEnvironment
    ) {
        self.store = store
        self.keys = keys
        self.cutOffs = cutOffs
        self.configuration = configuration
        self.environment = environment
    }

    /// Who stands behind a credential.
    /// - Parameter credential: What followed `Bearer `.
    /// - Throws: `BearerRefusal`, whose kinds look alike to the client; `StoreError` if the database cannot be asked.
    /// - Source: RFC 6750 §3.1; RFC 9068 §4.
    public func check(_ credential: String) async throws -> Bearer {
        let now = environment.now()
        do {
            let bearer = try await verify(credential, now: now)
            if case .apiKey(let id) = bearer.source {
                uses.withLock { $0[id] = now }
                environment.count(.bearerAccepted(.apiKey))
            } else {
                environment.count(.bearerAccepted(.accessToken))
            }
            return bearer
        } catch let refusal as BearerRefusal {
            environment.count(.bearerRefused(refusal))
            throw refusal
        }
    }

    /// The check without counting it or noting the use: for diagnosis.
    package func verify(_ credential: String, now: Date) async throws -> Bearer {
        guard credential.utf8.count <= 8_192 else { throw BearerRefusal.malformed }
        let hash = SecretHash(of: credential)
        if let bearer = cache.value(for: hash) { return try checked(bearer, now: now) }
        // Read before the work, so that a cut between the work and the insert keeps the result out of the cache.
        let epoch = cache.epoch
        let bearer: Bearer
        if let key = APIKey(credential) {
            bearer = try await load(key, hash: hash)
        } else if AccessToken.looksLikeOne(credential) {
            bearer = try verified(credential, now: now)
        } else {
            throw BearerRefusal.malformed
        }
        let result = try checked(bearer, now: now)
        cache.insert(bearer, for: hash, readIn: epoch)
        return result
    }

    /// Writes down when keys were last used. Called every few seconds, so that a request costs no write.
    func flushUses() async throws {
        let uses = uses.withLock { pending in
            defer { pending = [:] }
            return pending
        }
        guard !uses.isEmpty else { return }
        do { try await store.noteUse(uses) } catch {
            // Keep what could not be written; anything noted meanwhile is newer.
            self.uses.withLock { $0.merge(uses) { newer, _ in newer } }
            throw error
        }
    }

    /// Forgets what was verified: a key or an account changed.
    func forgetVerified() { cache.removeAll() }

    private func checked(_ bearer: Bearer, now: Date) throws(BearerRefusal) -> Bearer {
        if let end = bearer.expiresAt {
            let leeway = if case .accessToken = bearer.source { configuration.tokenLeeway.inSeconds } else { 0.0 }
            guard now.timeIntervalSince(end) < leeway else { throw .expired }
        }
        if let refusal = cutOffs.refusal(for: bearer, now: now, stalenessBound: configuration.stalenessBound.inSeconds) {
            throw refusal
        }
        return bearer
    }

    private func load(_ key: APIKey, hash: SecretHash) async throws -> Bearer {
        guard let (record, account) = try await store.key(hash), account == .active else { throw BearerRefusal.unknown }
        return Bearer(
            accountID: record.accountID, scopes: record.scopes, source: .apiKey(record.id), expiresAt: record.expiresAt)
    }

    private func verified(_ token: String, now: Date) throws(BearerRefusal) -> Bearer {
        let claims: AccessTokenClaims
        var retirement: Date?
        do {
            claims = try AccessToken.verify(
                token,
                keys: { keyID in
                    retirement = keys.retirement(of: keyID)
                    return keys.verificationKey(keyID)
                }, issuer: configuration.issuer, audience: configuration.audience, now: now,
                leeway: configuration.tokenLeeway)
        } catch AccessTokenProblem.expired {
            throw .expired
        } catch {
            throw .invalid
        }
        guard let account = AccountID(claims.subject), let client = ClientID(claims.clientID),
            let grant = GrantID(claims.grantID)
        else { throw .invalid }
        // Cuts are remembered for one lifetime, so no token may outlive it: not one from before an operator shortened it, nor one
        // that a thief of the signing key made.
        var end = min(
            claims.expiresAt, claims.issuedAt.addingTimeInterval(configuration.accessTokenLifetime.inSeconds))
        // Nor is it remembered beyond its key.
        if let retirement { end = min(end, retirement.addingTimeInterval(-configuration.tokenLeeway.inSeconds)) }
        return Bearer(
            accountID: account, scopes: claims.scopes,
            source: .accessToken(grant: grant, client: client, issuedAt: claims.issuedAt), expiresAt: end)
    }
}
