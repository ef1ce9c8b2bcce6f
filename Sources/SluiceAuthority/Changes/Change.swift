public import Foundation

/// A note that something was cut off or changed, for the memory of every node. Engines write it in the step that causes it.
public struct Change: Sendable, Equatable {
    /// What it concerns.
    public enum Subject: Sendable, Equatable {
        /// A grant was revoked: its access tokens end now.
        case grant(GrantID)
        /// A client was deleted, or its owner disabled: its tokens from before end now.
        case client(ClientID)
        /// An account was disabled or closed: tokens and keys of it end now.
        case account(AccountID)
        /// An API key was revoked or its expiry moved.
        case key(APIKeyID)
        /// An account's or client's data changed: what is cached of it is stale, nothing is cut off.
        case accountChanged(AccountID)
        /// See `accountChanged`.
        case clientChanged(ClientID)
        /// A signing key was added or its times moved.
        case signingKeys
    }

    /// Its number: every later change has a greater one.
    public let sequence: Int64
    /// What it concerns.
    public let subject: Subject
    /// When it happened.
    public let at: Date

    /// A change from stored values.
    public init(sequence: Int64, subject: Subject, at: Date) {
        self.sequence = sequence
        self.subject = subject
        self.at = at
    }
}

extension Change.Subject {
    /// The two columns an engine keeps: a kind and an id (empty for `signingKeys`).
    public var columns: (kind: String, id: String) {
        switch self {
        case .grant(let id): ("grant", id.text)
        case .client(let id): ("client", id.text)
        case .account(let id): ("account", id.text)
        case .key(let id): ("key", id.text)
        case .accountChanged(let id): ("account_changed", id.text)
        case .clientChanged(let id): ("client_changed", id.text)
        case .signingKeys: ("signing_keys", "")
        }
    }

    /// The subject from its two columns; `nil` for a kind that this version does not know.
    public init?(kind: String, id: String) {
        switch kind {
        case "grant": guard let id = GrantID(id) else { return nil }; self = .grant(id)
        case "client": guard let id = ClientID(id) else { return nil }; self = .client(id)
        case "account": guard let id = AccountID(id) else { return nil }; self = .account(id)
        case "key": guard let id = APIKeyID(id) else { return nil }; self = .key(id)
        case "account_changed": guard let id = AccountID(id) else { return nil }; self = .accountChanged(id)
        case "client_changed": guard let id = ClientID(id) else { return nil }; self = .clientChanged(id)
        case "signing_keys": self = .signingKeys
        default: return nil
        }
    }
}
