public import Foundation

/// What an authorization server says of a token that it was asked about. Nothing of it is compared with anything yet.
/// - Source: RFC 7662 §2.2.
public struct IntrospectionResponse: Sendable, Equatable {
    /// Whether the token is good at all; if not, nothing else is said.
    public var isActive: Bool
    /// What it permits: `scope`; `nil` if the server does not say.
    public var scopes: Scopes?
    /// The client it was issued to: `client_id`.
    public var clientID: String?
    /// The account it acts for: `sub`.
    public var subject: String?
    /// Who issued it: `iss`.
    public var issuer: String?
    /// Who may accept it: `aud`; `nil` if the server does not say.
    public var audience: [String]?
    /// What kind it is: `token_type`. Without one it may be a refresh token, which is active too.
    public var tokenType: String?
    /// When it stops being good: `exp`.
    public var expiresAt: Date?
    /// Whether it is bound to a key of its client (`cnf`), so that showing it proves nothing without that key.
    /// - Source: RFC 7800 §3.1; RFC 8705 §3.2; RFC 9449 §6.2.
    public var isBoundToKey = false

    /// A token of which nothing is said but that.
    public init(isActive: Bool) { self.isActive = isActive }

    /// Reads the body of an answer. `nil` for anything but one strict JSON object with a Boolean `active`, and for a member of
    /// another type than the RFC's: a guess at broken text would be a guess at somebody's rights.
    public init?(json: [UInt8]) {
        guard json.count <= 65_536, let object = JSONValue.parse(json), case .bool(let isActive)? = object["active"] else {
            return nil
        }
        self.isActive = isActive
        // RFC 7662 §2.2: of an inactive token nothing else is to be said, so nothing else is read.
        guard isActive else { return }
        for name in ["scope", "client_id", "sub", "iss", "token_type"] where object[name] != nil {
            guard object[name]?.string != nil else { return nil }
        }
        clientID = object["client_id"]?.string
        subject = object["sub"]?.string
        issuer = object["iss"]?.string
        tokenType = object["token_type"]?.string
        if let text = object["scope"]?.string {
            guard let scopes = Scopes(text) else { return nil }
            self.scopes = scopes
        }
        if let member = object["aud"] {
            guard let audience = AccessTokenClaims.audience(member) else { return nil }
            self.audience = audience
        }
        if let member = object["exp"] {
            guard let date = AccessTokenClaims.date(member) else { return nil }
            expiresAt = date
        }
        isBoundToKey = object["cnf"] != nil
    }
}
