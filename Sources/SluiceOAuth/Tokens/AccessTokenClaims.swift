public import Foundation

/// What an access token says.
/// - Source: RFC 9068 §2.2.
public struct AccessTokenClaims: Sendable, Equatable {
    /// Who issued it: `iss`.
    public var issuer: String
    /// Who may accept it: `aud`.
    public var audience: [String]
    /// The account it acts for: `sub`.
    public var subject: String
    /// The client it was issued to: `client_id`.
    public var clientID: String
    /// What it permits: `scope`.
    public var scopes: Scopes
    /// The approval it belongs to: `grant_id`.
    public var grantID: String
    /// When it was issued, in whole seconds: `iat`.
    public var issuedAt: Date
    /// When it stops being good, in whole seconds: `exp`.
    public var expiresAt: Date
    /// Its own name: `jti`.
    public var id: String
    /// When the user signed in, in whole seconds: `auth_time`.
    public var authenticatedAt: Date?

    /// Claims with these values.
    public init(
        issuer: String, audience: [String], subject: String, clientID: String, scopes: Scopes, grantID: String,
        issuedAt: Date, expiresAt: Date, id: String, authenticatedAt: Date? = nil
    ) {
        self.issuer = issuer
        self.audience = audience
        self.subject = subject
        self.clientID = clientID
        self.scopes = scopes
        self.grantID = grantID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.id = id
        self.authenticatedAt = authenticatedAt
    }

    /// The claims as the JSON that is signed.
    var json: [UInt8] {
        var object = JSONText(capacity: 512)
        object.add("iss", issuer)
        // RFC 7519 §4.1.3: a single audience may be a plain text.
        if audience.count == 1 { object.add("aud", audience[0]) } else { object.add("aud", audience) }
        object.add("sub", subject)
        object.add("client_id", clientID)
        object.add("scope", scopes.text)
        object.add("grant_id", grantID)
        object.add("iat", Self.seconds(issuedAt))
        object.add("exp", Self.seconds(expiresAt))
        object.add("jti", id)
        if let authenticatedAt { object.add("auth_time", Self.seconds(authenticatedAt)) }
        return object.utf8
    }

    /// The claims that were signed. `nil` if one is missing or of another type.
    init?(_ json: JSONValue) {
        guard let issuer = json["iss"]?.string, let subject = json["sub"]?.string, !subject.isEmpty,
            let clientID = json["client_id"]?.string, !clientID.isEmpty, let grantID = json["grant_id"]?.string,
            let id = json["jti"]?.string, let audience = Self.audience(json["aud"]),
            let issuedAt = Self.date(json["iat"]), let expiresAt = Self.date(json["exp"])
        else { return nil }
        var scopes = Scopes()
        if let member = json["scope"] {
            guard let text = member.string, let named = Scopes(text) else { return nil }
            scopes = named
        }
        var authenticatedAt: Date?
        if let member = json["auth_time"] {
            guard let date = Self.date(member) else { return nil }
            authenticatedAt = date
        }
        self.init(
            issuer: issuer, audience: audience, subject: subject, clientID: clientID, scopes: scopes, grantID: grantID,
            issuedAt: issuedAt, expiresAt: expiresAt, id: id, authenticatedAt: authenticatedAt)
    }

    /// The last second of the year 9999: enough, and far from any overflow.
    private static let lastSecond: Int64 = 253_402_300_799

    static func audience(_ json: JSONValue?) -> [String]? {
        switch json {
        case .string(let one): return [one]
        case .array(let values):
            let texts = values.compactMap(\.string)
            return texts.count == values.count && !texts.isEmpty ? texts : nil
        default: return nil
        }
    }

    static func date(_ json: JSONValue?) -> Date? {
        guard let seconds = json?.integer, (0...lastSecond).contains(seconds) else { return nil }
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static func seconds(_ date: Date) -> Int64 {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        return Int64(min(max(seconds, 0), Double(lastSecond)))
    }
}
