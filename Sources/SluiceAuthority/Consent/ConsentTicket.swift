import Crypto
public import Foundation
public import SluiceOAuth

/// What a consent page showed, sealed into the page's form: what is approved is what was displayed (S37).
///
/// The ticket is bound to the session and account that saw it, ends after a while, and names the decision, so that two clicks on
/// Allow make one code (S42). Nothing is stored until somebody decides (S43).
public struct ConsentTicket: Sendable, SecretHolder {
    /// The request that was displayed.
    public let request: AuthorizationRequest
    /// Who saw it.
    public let accountID: AccountID
    /// In which session.
    public let sessionID: SessionID
    /// When.
    public let issuedAt: Date
    /// Names the one decision that may come of it.
    public let decision: String

    /// Hides the request's `state` and the decision.
    public var description: String { "ConsentTicket(\(request.clientID), \(accountID))" }
}

/// Issues and opens consent tickets, and the other small proofs that pages carry.
public struct PageProofs: Sendable {
    let vault: Vault
    let configuration: AuthorityConfiguration
    let environment: AuthorityEnvironment

    /// Why a ticket is not good.
    public enum Problem: Error, Sendable, Equatable {
        /// Changed, made up, or another session's.
        case invalid
        /// Too old.
        case expired
    }

    // MARK: Consent

    /// The ticket for a page that shows `request` to this session.
    public func ticket(for request: AuthorizationRequest, session: Session) -> String {
        let now = environment.now()
        let fields =
            request.parameters + [
                ("_account", session.accountID.text), ("_session", session.id.text),
                ("_at", String(Self.milliseconds(now))),
                ("_decision", Base64URL.encode(environment.random.bytes(16))),
            ]
        let body = Base64URL.encode(Parameters.encode(fields).utf8)
        return body + "." + mac("consent", body)
    }

    /// Opens a ticket that a form brought back.
    /// - Throws: `Problem`.
    public func open(_ text: String, session: Session) throws(Problem) -> ConsentTicket {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 16_384, parts.count == 2, isMAC(String(parts[1]), "consent", String(parts[0])),
            let bytes = Base64URL.decode(parts[0]), let fields = try? Parameters(formEncoded: bytes),
            let account = (try? fields.value("_account")).flatMap({ $0.flatMap { AccountID($0) } }),
            let owner = (try? fields.value("_session")).flatMap({ $0.flatMap { SessionID($0) } }),
            let at = (try? fields.value("_at")).flatMap({ $0.flatMap { Int64($0) } }),
            let decision = (try? fields.value("_decision")).flatMap({ $0 }),
            let request = try? AuthorizationRequest(fields, known: ScopeCatalog.all, allowed: nil),
            account == session.accountID, owner == session.id
        else { throw .invalid }
        let issuedAt = Date(timeIntervalSince1970: TimeInterval(at) / 1000)
        guard environment.now() < issuedAt.addingTimeInterval(configuration.consentLifetime.inSeconds) else {
            throw .expired
        }
        return ConsentTicket(
            request: request, accountID: account, sessionID: owner, issuedAt: issuedAt, decision: decision)
    }

    // MARK: Re-authentication

    /// A mark for the request that sends a person to sign in: it comes back with the request and says since when a sign-in
    /// counts. Bound to the request, so that it cannot be carried to another.
    /// - Parameter session: The session that is not enough; `nil` if nobody was signed in.
    public func reauthenticationMark(for request: AuthorizationRequest, after session: Session?) -> String {
        let facts = "\(Self.milliseconds(environment.now())).\(session?.id.text ?? Self.nobody)"
        return facts + "." + mac("reauthentication", facts + " " + Parameters.encode(request.parameters))
    }

    /// Whether a mark asks somebody who is signed in to sign in again. Says nothing about whether the mark is genuine.
    public static func asksAgain(_ mark: String) -> Bool {
        let parts = mark.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[1] != nobody
    }

    private static let nobody = "-"

    /// As the store keeps moments, so that a sign-in in the same one is not taken for an earlier one.
    private static func milliseconds(_ moment: Date) -> Int64 { Int64((moment.timeIntervalSince1970 * 1000).rounded()) }

    /// Whether the session signed in since the mark was made for this request.
    public func isReauthenticated(_ session: Session, mark: String?, request: AuthorizationRequest) -> Bool {
        guard let parts = mark?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 3,
            isMAC(
                String(parts[2]), "reauthentication",
                "\(parts[0]).\(parts[1]) \(Parameters.encode(request.parameters))"),
            // Signing in opens another session. Times alone would let the old one pass within the mark's millisecond.
            session.id.text != parts[1], let milliseconds = Int64(parts[0])
        else { return false }
        let since = Date(timeIntervalSince1970: TimeInterval(milliseconds) / 1000)
        return session.authenticatedAt >= since
            && environment.now().timeIntervalSince(since) < configuration.consentLifetime.inSeconds
    }

    // MARK: Forms

    /// The token that every form of a browser carries.
    /// - Parameter anchor: The value of the browser's cookie that the token belongs to: the session's, or the signed-out one.
    public func formToken(anchor: String) -> String { mac("form", anchor) }

    /// Whether a form's token belongs to the browser that sent it.
    public func isFormToken(_ token: String, anchor: String) -> Bool { isMAC(token, "form", anchor) }

    /// A fresh name for a form that makes a secret, so that a reload is told from a second wish.
    public func formID() -> String { Base64URL.encode(environment.random.bytes(16)) }

    private func mac(_ purpose: String, _ text: String) -> String {
        Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Array("\(purpose)\n\(text)".utf8), using: vault.pageKey))
    }

    private func isMAC(_ mac: String, _ purpose: String, _ text: String) -> Bool {
        guard let bytes = Base64URL.decode(mac) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes, authenticating: Array("\(purpose)\n\(text)".utf8), using: vault.pageKey)
    }
}
