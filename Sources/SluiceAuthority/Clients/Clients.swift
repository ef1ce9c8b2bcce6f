import Foundation
public import SluiceOAuth

/// Registers, edits and deletes clients, and authenticates them.
public struct Clients: Sendable {
    let store: any ClientStore
    let audit: any AuditStore
    let cache: BoundedCache<ClientID, Client>
    let throttle: Throttle
    let feed: ChangeFeed
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// A client or secret that was just made. Holds the only copy of the secret there ever is.
    public struct Created: Sendable, SecretHolder {
        /// The client.
        public let client: Client
        /// Its secret; `nil` for a public client.
        public let secret: ClientSecret?
        /// Hides the secret.
        public var description: String { "Created(\(client.id))" }
    }

    /// What a person typed into the registration form.
    public struct Draft: Sendable {
        /// The name.
        public var name: String
        /// One redirect URI each.
        public var redirectURIs: [String]
        /// The web site.
        public var website: String?
        /// What it does.
        public var description: String?
        /// A picture's address.
        public var logoURL: String?

        /// A draft.
        public init(
            name: String, redirectURIs: [String], website: String? = nil, description: String? = nil, logoURL: String? = nil
        ) {
            self.name = name
            self.redirectURIs = redirectURIs
            self.website = website
            self.description = description
            self.logoURL = logoURL
        }
    }

    /// Why nothing was made or changed.
    public enum Problem: Error, Sendable, Equatable {
        case nameInvalid
        case redirectURIMissing
        case tooManyRedirectURIs
        case redirectURI(String, RedirectURIProblem)
        case websiteInvalid
        case logoInvalid
        case descriptionTooLong
        case formRepeated
        case limitReached
        case notConfidential
        case unknown
    }

    /// What a client gets instead of fresh values: for a sandbox, where tests know their credentials beforehand.
    public struct Pinned: Sendable, SecretHolder {
        /// The `client_id`; `nil` for a fresh one.
        public let id: ClientID?
        /// The secret; `nil` for a fresh one. A public client gets none either way.
        public let secret: ClientSecret?
        /// Hides the secret.
        public var description: String { "Pinned(\(id.map(\.text) ?? "-"))" }

        /// What to pin.
        public init(id: ClientID?, secret: ClientSecret?) {
            self.id = id
            self.secret = secret
        }
    }

    /// Registers a client.
    /// - Parameter scopes: What it may ask for; `nil` for every scope.
    /// - Throws: `Problem`, `StoreError`.
    public func register(
        _ draft: Draft, kind: Client.Kind, owner: AccountID, scopes: Scopes? = nil, formID: String?, pinned: Pinned? = nil,
        trace: RequestTrace
    ) async throws -> Created {
        let now = environment.now()
        let secret =
            kind == .confidential ? pinned?.secret ?? ClientSecret(random: environment.random.bytes(32)) : nil
        var client = Client(
            id: pinned?.id ?? ClientID(random: environment.random), ownerID: owner, name: try Self.name(draft), kind: kind,
            redirectURIs: [], website: nil, description: nil, logoURL: nil, scopes: scopes, isDynamic: false, createdAt: now,
            secrets: secret.map { [ClientSecretRecord(hash: $0.hash, createdAt: now, expiresAt: nil)] } ?? [])
        try Self.apply(draft, to: &client)
        let event = AuditEvent(
            .clientCreated, at: now, account: owner, client: client.id, trace: trace, details: [.init("type", kind.rawValue)])
        switch try await store.insert(client, formID: formID, limit: configuration.clientLimit, audit: event) {
        case .inserted: return Created(client: client, secret: secret)
        case .repeated: throw Problem.formRepeated
        case .refused: throw Problem.limitReached
        }
    }

    /// The client; `nil` if it is unknown, was deleted, or its owner's account is not active. From memory where possible.
    public func client(_ id: ClientID) async throws -> Client? {
        if feed.isInTouch, let client = cache.value(for: id) { return client }
        let epoch = cache.epoch
        guard let client = try await store.client(id) else { return nil }
        cache.insert(client, for: id, readIn: epoch)
        return client
    }

    /// The client of its owner.
    public func client(_ id: ClientID, of owner: AccountID) async throws -> Client? {
        guard let client = try await client(id), client.ownerID == owner else { return nil }
        return client
    }

    /// The clients of an account, newest first.
    public func list(of owner: AccountID, _ page: SliceRequest) async throws -> Slice<Client> {
        try await store.clients(of: owner, page)
    }

    /// All clients, newest first.
    public func list(_ page: SliceRequest) async throws -> Slice<Client> { try await store.clients(page) }

    /// Changes what may change: name, redirect URIs, website, description, logo. The type may not (S19).
    public func update(_ id: ClientID, of owner: AccountID, _ draft: Draft, trace: RequestTrace) async throws {
        guard var client = try await client(id, of: owner) else { throw Problem.unknown }
        client.name = try Self.name(draft)
        try Self.apply(draft, to: &client)
        let event = AuditEvent(.clientUpdated, at: environment.now(), account: owner, client: id, trace: trace)
        guard try await store.update(client, audit: event) else { throw Problem.unknown }
        await feed.follow()
    }

    /// Makes a new secret; the present ones work until the overlap ends.
    public func rotateSecret(
        of id: ClientID, owner: AccountID, overlap: Duration, formID: String?, trace: RequestTrace
    ) async throws -> Created {
        guard let client = try await client(id, of: owner) else { throw Problem.unknown }
        guard client.kind == .confidential else { throw Problem.notConfidential }
        let now = environment.now()
        let secret = ClientSecret(random: environment.random.bytes(32))
        let event = AuditEvent(
            .clientSecretRotated, at: now, account: owner, client: id, trace: trace,
            details: [.init("overlap_seconds", "\(overlap.wholeSeconds)")])
        let insertion = try await store.rotateSecret(
            of: id, owner: owner, to: ClientSecretRecord(hash: secret.hash, createdAt: now, expiresAt: nil),
            overlapEnds: now.addingTimeInterval(overlap.inSeconds), formID: formID, audit: event)
        switch insertion {
        case .inserted:
            await feed.follow()
            return Created(client: client, secret: secret)
        case .repeated: throw Problem.formRepeated
        case .refused: throw Problem.unknown
        }
    }

    /// Deletes the client and cuts off all its grants.
    public func delete(_ id: ClientID, owner: AccountID, trace: RequestTrace) async throws {
        let now = environment.now()
        let event = AuditEvent(.clientDeleted, at: now, account: owner, client: id, trace: trace)
        guard try await store.delete(id, owner: owner, at: now, audit: event) else { throw Problem.unknown }
        await feed.follow()
    }

    /// Authenticates a client at the token endpoint and those beside it.
    ///
    /// An unknown client and a wrong secret take the same path, time and answer (S50). A public client that sends a secret is
    /// refused: it leaked something, or it is not that client (S48).
    /// - Throws: `OAuthError` (`invalid_client`), `Throttled`, `StoreError`.
    /// - Source: RFC 6749 §2.3 and §3.2.1.
    public func authenticate(_ credentials: ClientCredentials, trace: RequestTrace) async throws -> Client {
        let now = environment.now()
        let id = ClientID(credentials.clientID)
        // Whatever is no id shares a bucket: text from a request is of any length, and would fill the memory.
        let bucket = ["c:\(trace.network):\(id?.text ?? "-")"]
        let client = if let id { try await client(id) } else { nil as Client? }
        guard let client, Self.accepts(credentials, client, at: now) else {
            environment.count(.clientRefused)
            // Whoever has the right secret is never made to wait, though a stranger behind the same address guesses: 256 random
            // bits need no throttle. What is saved is the log, and the work of answering.
            if let wait = throttle.admit(bucket, at: now) { throw Throttled(wait: wait) }
            // Only for clients that exist: made-up ids are noise that anyone could fill the log with.
            if let client {
                try await audit.append(
                    AuditEvent(.clientAuthenticationFailed, at: now, account: client.ownerID, client: client.id, trace: trace))
            }
            throw OAuthError(
                .invalidClient, "Client authentication failed.",
                detail: client == nil ? "unknown client" : "credentials do not fit the client")
        }
        return client
    }

    private static func accepts(_ credentials: ClientCredentials, _ client: Client, at now: Date) -> Bool {
        switch (client.kind, credentials.secret) {
        case (.public, nil): return credentials.method == .none
        case (.public, _), (.confidential, nil): return false
        case (.confidential, .some(let secret)):
            let presented = SecretHash(of: secret)
            var isKnown = false
            // Every live secret is compared, without an early way out.
            for record in client.secrets where record.expiresAt.map({ now < $0 }) ?? true {
                if ConstantTime.equals(record.hash.bytes, presented.bytes) { isKnown = true }
            }
            return isKnown
        }
    }

    private static func name(_ draft: Draft) throws(Problem) -> DisplayName {
        guard let name = DisplayName(draft.name) else { throw .nameInvalid }
        return name
    }

    private static func apply(_ draft: Draft, to client: inout Client) throws(Problem) {
        var uris: [RedirectURI] = []
        for text in draft.redirectURIs {
            do {
                let uri = try RedirectURI(text)
                if !uris.contains(uri) { uris.append(uri) }
            } catch { throw .redirectURI(text, error) }
        }
        guard !uris.isEmpty else { throw .redirectURIMissing }
        guard uris.count <= AuthorityLimits.redirectURIs else { throw .tooManyRedirectURIs }
        client.redirectURIs = uris
        client.website = try webURL(draft.website, .websiteInvalid)
        client.logoURL = try webURL(draft.logoURL, .logoInvalid)
        let description = draft.description?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard description.count <= AuthorityLimits.description else { throw .descriptionTooLong }
        client.description = description.isEmpty ? nil : description
    }

    private static func webURL(_ text: String?, _ problem: Problem) throws(Problem) -> String? {
        let text = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard !text.isEmpty else { return nil }
        guard text.utf8.count <= AuthorityLimits.urlInBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), parts.scheme == "https" || parts.scheme == "http",
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
        else { throw problem }
        return text
    }
}
