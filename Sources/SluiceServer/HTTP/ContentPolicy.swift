package import HTTPTypes

/// The Content-Security-Policy of an answer.
/// - Source: CSP Level 3.
package enum ContentPolicy: Sendable, Hashable {
    /// A page whose forms lead nowhere but to its own origin.
    case page
    /// A page whose form may end at a client's redirect URI: sign-in, sign-up, consent.
    ///
    /// It says nothing about `form-action`, because Chromium applies that to the whole chain of redirects behind a form,
    /// the client's own next hop included: no list could name what a client does next.
    case openForm
    /// Whatever is no page: nothing in it may load or run anything.
    case none

    /// The field as it is sent.
    package var field: HTTPField {
        switch self {
        case .page: Self.pageField
        case .openForm: Self.openFormField
        case .none: Self.noneField
        }
    }

    private static let shared =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    private static let pageField = HTTPField(name: .contentSecurityPolicy, value: shared + "; form-action 'self'")
    private static let openFormField = HTTPField(name: .contentSecurityPolicy, value: shared)
    private static let noneField = HTTPField(
        name: .contentSecurityPolicy, value: "default-src 'none'; frame-ancestors 'none'")
}
