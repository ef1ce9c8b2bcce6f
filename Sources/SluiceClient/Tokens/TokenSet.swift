public import Foundation
public import SluiceOAuth

/// Tokens as the token endpoint gave them.
/// - Source: RFC 6749 §5.1; Buffer's page, Step 4.
public struct TokenSet: Sendable, Hashable, Codable, SecretHolder {
    /// What the API is shown. Secret.
    public var accessToken: String
    /// What the next tokens cost, once; `nil` unless `offline_access` was granted. Secret.
    public var refreshToken: String?
    /// What was granted.
    public var scopes: Scopes
    /// When the server was asked, by this machine's clock.
    public var obtainedAt: Date
    /// The access token is good strictly before this moment, by this machine's clock. It is counted from `obtainedAt`, so it
    /// does not matter how far that clock is from the server's.
    public var expiresAt: Date

    /// Tokens.
    public init(accessToken: String, refreshToken: String?, scopes: Scopes, obtainedAt: Date, expiresAt: Date) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.scopes = scopes
        self.obtainedAt = obtainedAt
        self.expiresAt = expiresAt
    }

    /// The scopes and the end; the tokens stay hidden.
    public var description: String {
        "TokenSet(\(scopes), until \(expiresAt), \(refreshToken == nil ? "no refresh" : "with refresh"))"
    }
}
