/// An error that the protocol defines, as the client will see it. What the client reads and what the log reads are two fields.
/// - Source: RFC 6749 §4.1.2.1 and §5.2.
public struct OAuthError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The wire's names for what went wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// A parameter is missing, repeated or malformed. - Source: RFC 6749 §4.1.2.1, §5.2.
        case invalidRequest = "invalid_request"
        /// The client is unknown or did not prove itself. - Source: RFC 6749 §5.2.
        case invalidClient = "invalid_client"
        /// A code or refresh token is no longer, or never was, good for this client. - Source: RFC 6749 §5.2.
        case invalidGrant = "invalid_grant"
        /// The client may not use this grant type. - Source: RFC 6749 §5.2.
        case unauthorizedClient = "unauthorized_client"
        /// There is no such grant type here. - Source: RFC 6749 §5.2.
        case unsupportedGrantType = "unsupported_grant_type"
        /// There is no such response type here. - Source: RFC 6749 §4.1.2.1.
        case unsupportedResponseType = "unsupported_response_type"
        /// A scope is unknown, malformed, or more than was granted. - Source: RFC 6749 §4.1.2.1, §5.2.
        case invalidScope = "invalid_scope"
        /// The user said no. - Source: RFC 6749 §4.1.2.1.
        case accessDenied = "access_denied"
        /// A sign-in page would be needed, but none may be shown. - Source: OpenID Connect Core §3.1.2.6.
        case loginRequired = "login_required"
        /// A consent page would be needed, but none may be shown. - Source: OpenID Connect Core §3.1.2.6.
        case consentRequired = "consent_required"
        /// An account would have to be chosen, but no page may be shown. - Source: OpenID Connect Core §3.1.2.6.
        case accountSelectionRequired = "account_selection_required"
        /// Request objects are not supported. - Source: OpenID Connect Core §3.1.2.6.
        case requestNotSupported = "request_not_supported"
        /// Requests by reference are not supported. - Source: OpenID Connect Core §3.1.2.6.
        case requestURINotSupported = "request_uri_not_supported"
        /// Something broke here. - Source: RFC 6749 §4.1.2.1.
        case serverError = "server_error"
        /// Too busy, or a part is down: try again later. - Source: RFC 6749 §4.1.2.1.
        case temporarilyUnavailable = "temporarily_unavailable"
        /// The resource is unknown. - Source: RFC 8707 §2.
        case invalidTarget = "invalid_target"
        /// This kind of token cannot be revoked. - Source: RFC 7009 §2.2.1.
        case unsupportedTokenType = "unsupported_token_type"
        /// The bearer is expired, revoked, malformed or foreign. - Source: RFC 6750 §3.1.
        case invalidToken = "invalid_token"
        /// The bearer is good but lacks a scope. - Source: RFC 6750 §3.1.
        case insufficientScope = "insufficient_scope"

        /// The HTTP status that goes with it outside a redirect.
        public var status: Int {
            switch self {
            case .invalidClient, .invalidToken: 401
            case .insufficientScope: 403
            case .serverError: 500
            case .temporarilyUnavailable: 503
            case .invalidRequest, .invalidGrant, .unauthorizedClient, .unsupportedGrantType, .unsupportedResponseType,
                .invalidScope, .accessDenied, .loginRequired, .consentRequired, .accountSelectionRequired,
                .requestNotSupported, .requestURINotSupported, .invalidTarget, .unsupportedTokenType:
                400
            }
        }

        /// Whether it may travel on a redirect to the client. `invalid_client` never: there is nobody known to redirect to.
        /// What belongs to the token endpoint or the API never: it would tell the browser about another party's secrets.
        public var mayBeRedirected: Bool {
            switch self {
            case .invalidRequest, .unauthorizedClient, .unsupportedResponseType, .invalidScope, .accessDenied,
                .loginRequired, .consentRequired, .accountSelectionRequired, .requestNotSupported,
                .requestURINotSupported, .serverError, .temporarilyUnavailable, .invalidTarget:
                true
            case .invalidClient, .invalidGrant, .unsupportedGrantType, .unsupportedTokenType, .invalidToken,
                .insufficientScope:
                false
            }
        }
    }

    /// What went wrong, for the client's code.
    public let code: Code
    /// What went wrong, for the client's developer: the `error_description`, in the characters RFC 6749 allows there.
    public let summary: String
    /// What went wrong, for our log alone; holds no token, code, secret or verifier.
    public let detail: String?

    /// - Parameters:
    ///   - code: What went wrong.
    ///   - summary: A literal, so text from a request cannot be echoed to the client. Printable ASCII without `"` and `\`.
    ///   - detail: More for the log; never a secret.
    public init(_ code: Code, _ summary: StaticString, detail: String? = nil) {
        self.code = code
        self.summary = summary.description
        self.detail = detail
        assert(self.summary.utf8.allSatisfy(\.isErrorTextCharacter), "RFC 6749 §4.1.2.1 limits the characters")
    }

    /// An error whose text goes on to list scopes: the server's own, never the request's.
    /// - Parameters:
    ///   - code: What went wrong.
    ///   - summary: A literal that ends where the list begins.
    ///   - offered: The scopes that would have been accepted; their grammar is a subset of what an error text allows.
    ///   - detail: More for the log; never a secret.
    public init(_ code: Code, _ summary: StaticString, listing offered: Scopes, detail: String? = nil) {
        self.code = code
        self.summary = summary.description + " " + offered.text
        self.detail = detail
        assert(self.summary.utf8.allSatisfy(\.isErrorTextCharacter), "RFC 6749 §4.1.2.1 limits the characters")
    }

    /// The HTTP status that goes with it outside a redirect: 400, but 401 for `invalid_client` and `invalid_token`, 403 for
    /// `insufficient_scope`, 500 for `server_error` and 503 for `temporarily_unavailable`.
    public var status: Int { code.status }

    /// The body of an error answer: `{"error":…,"error_description":…}`.
    /// - Source: RFC 6749 §5.2.
    public var json: String {
        var object = JSONText()
        object.add("error", code.rawValue)
        object.add("error_description", summary)
        return object.text
    }

    /// Code, summary and detail, for the log.
    public var description: String {
        "\(code.rawValue): \(summary)" + (detail.map { " [\($0)]" } ?? "")
    }
}
