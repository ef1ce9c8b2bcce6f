public import Foundation
public import SluiceOAuth

/// A client as its user sees it in Settings: all that account's live grants for it.
public struct ConnectedApp: Sendable {
    /// The client.
    public let client: Client
    /// The live grants, newest first; never empty.
    public let grants: [Grant]

    /// The account that allowed it.
    public let accountID: AccountID

    /// Everything that any of the grants may do.
    public var scopes: Scopes { grants.dropFirst().reduce(grants.first?.facts.scopes ?? Scopes()) { $0.union($1.facts.scopes) } }
    /// When the account first approved it, of what is still live.
    public var firstApprovedAt: Date { grants.map(\.facts.createdAt).min() ?? .distantPast }
    /// Its last exchange or refresh.
    public var lastUsedAt: Date? { grants.compactMap(\.lastUsedAt).max() }
}

/// Lists and cuts connected apps.
public struct ConnectedApps: Sendable {
    let store: any GrantStore
    let clients: Clients
    let feed: ChangeFeed
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// The account's connected apps, most recently approved first.
    public func list(of account: AccountID) async throws -> [ConnectedApp] {
        try await group(live(account, client: nil))
    }

    /// One of them.
    public func app(_ client: ClientID, of account: AccountID) async throws -> ConnectedApp? {
        try await group(live(account, client: client)).first
    }

    /// A live grant of the account for the client that covers the scopes (D8); `nil` if there is none.
    public func covering(_ scopes: Scopes, client: ClientID, account: AccountID) async throws -> GrantID? {
        try await live(account, client: client).first { scopes.isSubset(of: $0.facts.scopes) }?.id
    }

    /// Cuts off every grant, pending ones included, that the account gave the client (S100).
    /// - Returns: How many were cut off.
    public func revoke(_ client: ClientID, of account: AccountID, trace: RequestTrace) async throws -> Int {
        let now = environment.now()
        let count = try await store.revokeAll(of: account, for: client, reason: .byUser, at: now, trace: trace)
        await feed.follow()
        for _ in 0..<count { environment.count(.grantRevoked(.byUser)) }
        return count
    }

    private func live(_ account: AccountID, client: ClientID?) async throws -> [Grant] {
        try await store.liveGrants(
            of: account, client: client, at: environment.now(), accessTokenLifetime: configuration.accessTokenLifetime)
    }

    private func group(_ grants: [Grant]) async throws -> [ConnectedApp] {
        var order: [ClientID] = []
        var byClient: [ClientID: [Grant]] = [:]
        for grant in grants {
            if byClient[grant.facts.clientID] == nil { order.append(grant.facts.clientID) }
            byClient[grant.facts.clientID, default: []].append(grant)
        }
        var apps: [ConnectedApp] = []
        for id in order {
            guard let client = try await clients.client(id), let grants = byClient[id] else { continue }
            apps.append(ConnectedApp(client: client, grants: grants, accountID: grants[0].facts.accountID))
        }
        return apps
    }
}
