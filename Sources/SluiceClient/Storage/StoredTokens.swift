public import Foundation
public import SluiceOAuth

/// What a token storage keeps: the tokens, whose they are, and where a refresh that is under way stands.
public struct StoredTokens: Sendable, Hashable, Codable, SecretHolder {
    /// The tokens.
    public var tokens: TokenSet
    /// The server that issued them.
    public var issuer: String
    /// The client that they were issued to.
    public var clientID: String
    /// When a refresh of these tokens was begun whose answer is not known to have come. It is written down before the request is
    /// sent, so that whoever finds it after a crash knows that the refresh token may be spent.
    public var refreshBegunAt: Date?
    /// Why these tokens are at their end; then nobody presents them again.
    public var ending: TokenEnding?
    /// What the server asked for when it could not refresh.
    public var pause: RefreshPause?

    /// Tokens to keep.
    public init(
        tokens: TokenSet, issuer: String, clientID: String, refreshBegunAt: Date? = nil, ending: TokenEnding? = nil,
        pause: RefreshPause? = nil
    ) {
        self.tokens = tokens
        self.issuer = issuer
        self.clientID = clientID
        self.refreshBegunAt = refreshBegunAt
        self.ending = ending
        self.pause = pause
    }

    /// The scopes and whose they are; the tokens stay hidden.
    public var description: String { "StoredTokens(\(tokens.scopes), \(clientID) at \(issuer))" }
}

/// A time in which the authorization server wants to be left alone by all who share these tokens.
public struct RefreshPause: Sendable, Hashable, Codable {
    /// When the server asked.
    public var begunAt: Date
    /// No refresh is sent before this moment.
    public var until: Date
    /// The HTTP status that it asked with.
    public var status: Int

    /// A pause.
    public init(begunAt: Date, until: Date, status: Int) {
        self.begunAt = begunAt
        self.until = until
        self.status = status
    }

    /// Whether it still holds. A pause that begins in the future was noted before the clock was set back, and means nothing now.
    func holds(at now: Date) -> Bool { begunAt <= now && now < until }
}

/// Why the user has to sign in again.
public enum TokenEnding: Sendable, Hashable, Codable {
    /// The server takes the refresh token no more: it was revoked, ended, or used by somebody else.
    case refused(code: String, text: String?)
    /// The answer to an earlier refresh was lost (a cut connection, a crash before it was saved), and the server had spent the
    /// token by then. Nobody can get its successor any more.
    case answerLost(since: Date)
    /// The access token ended, and there is no refresh token: `offline_access` was not granted.
    case noRefreshToken

    /// One sentence for people.
    public var summary: String {
        switch self {
        case .refused(_, let text):
            "The authorization server takes the refresh token no more" + (text.map { ": \($0)" } ?? ".")
        case .answerLost(let since):
            "The answer to the refresh of \(since.formatted(.iso8601)) was lost after the server had spent the refresh token."
        case .noRefreshToken: "The access token has ended, and no refresh token was granted (offline_access)."
        }
    }
}
