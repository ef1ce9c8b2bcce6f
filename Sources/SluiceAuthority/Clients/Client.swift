public import Foundation
public import SluiceOAuth

/// A registered app (OAuth client). Source: RFC 6749 §2; Buffer's page, "Prerequisites".
public struct Client: Sendable, Equatable {
    /// Whether the app can keep a secret.
    public enum Kind: String, Sendable, CaseIterable {
        /// Mobile, desktop, single-page: no secret exists (S19).
        case `public`
        /// A server: has a secret and must send it (S18).
        case confidential
    }

    /// The `client_id`.
    public let id: ClientID
    /// The account that registered it.
    public let ownerID: AccountID
    /// Its name, as the consent page shows it.
    public var name: DisplayName
    /// Whether it can keep a secret.
    public let kind: Kind
    /// Where the browser may go back to; 1 to `AuthorityLimits.redirectURIs`.
    public var redirectURIs: [RedirectURI]
    /// Its web site, https or http; `nil` if none was given.
    public var website: String?
    /// What it does, in its owner's words.
    public var description: String?
    /// A picture's address. Never loaded by our pages: nothing comes from another origin.
    public var logoURL: String?
    /// What it may ask for; `nil` means every scope.
    public var scopes: Scopes?
    /// Whether the account owner registered it on the settings page or the command line (as opposed to RFC 7591).
    public let isDynamic: Bool
    /// When it was registered.
    public let createdAt: Date
    /// The hashes of its live secrets, newest first; empty for a public client.
    public var secrets: [ClientSecretRecord]

    /// A client from stored values.
    public init(
        id: ClientID, ownerID: AccountID, name: DisplayName, kind: Kind, redirectURIs: [RedirectURI], website: String?,
        description: String?, logoURL: String?, scopes: Scopes?, isDynamic: Bool, createdAt: Date, secrets: [ClientSecretRecord]
    ) {
        self.id = id
        self.ownerID = ownerID
        self.name = name
        self.kind = kind
        self.redirectURIs = redirectURIs
        self.website = website
        self.description = description
        self.logoURL = logoURL
        self.scopes = scopes
        self.isDynamic = isDynamic
        self.createdAt = createdAt
        self.secrets = secrets
    }

    /// Whether the presented redirect URI is one of the registered ones. Source: RFC 9700 §2.1, RFC 8252 §7.3.
    public func redirects(to presented: String) -> Bool { redirectURIs.contains { $0.matches(presented) } }
}

/// What is kept of a client secret.
public struct ClientSecretRecord: Sendable, Equatable {
    /// SHA-256 of the secret.
    public let hash: SecretHash
    /// When it was made.
    public let createdAt: Date
    /// From this moment on it is refused; `nil` for the current one.
    public let expiresAt: Date?

    /// A secret record from stored values.
    public init(hash: SecretHash, createdAt: Date, expiresAt: Date?) {
        self.hash = hash
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
