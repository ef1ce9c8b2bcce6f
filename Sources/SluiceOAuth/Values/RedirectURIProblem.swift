/// Why a text cannot be registered as a redirect URI.
/// - Source: RFC 6749 §3.1.2; RFC 8252 §7; RFC 9700 §2.1.
public enum RedirectURIProblem: Error, Sendable, Equatable, CaseIterable {
    /// Nothing was given.
    case empty
    /// More bytes than `RedirectURI.limitInBytes`.
    case tooLong
    /// A space, a control character, a letter beyond ASCII, or one that URIs do not allow.
    case illegalCharacter
    /// A `%` without two hexadecimal digits behind it.
    case brokenEscape
    /// No scheme in front.
    case relative
    /// A `#`.
    case fragment
    /// A `*`.
    case wildcard
    /// A user name or password in front of the host.
    case userInfo
    /// A scheme that runs or reads something in the browser instead of reaching an app.
    case dangerousScheme
    /// A scheme of the app's own without a dot.
    case schemeWithoutDot
    /// No `/` behind the scheme of the app's own.
    case noPath
    /// `http` to something other than the loopback.
    case plainHTTP
    /// No host, or none that is well formed.
    case badHost
    /// A port that is empty, 0, above 65535 or has leading zeros.
    case badPort

    /// What to do about it, as one sentence for a form.
    public var advice: String {
        switch self {
        case .empty: "Enter a redirect URI, for example https://yourapp.example/callback."
        case .tooLong: "Use a redirect URI of at most \(RedirectURI.limitInBytes) characters."
        case .illegalCharacter:
            "Use only characters that URIs allow; write a host with other letters in its xn-- form, and the rest percent-encoded."
        case .brokenEscape: "Put two hexadecimal digits behind each % sign."
        case .relative: "Write the complete URI, starting with https://."
        case .fragment: "Remove the part from # on: a redirect URI has no fragment."
        case .wildcard:
            "Register each redirect URI on its own: they are compared exactly, so * would not match anything else."
        case .userInfo: "Remove the user name or password in front of the host."
        case .dangerousScheme:
            "Use https, a loopback address, or a scheme of your app's own: browsers run or open this one themselves."
        case .schemeWithoutDot:
            "Use https, or a scheme made from a domain you own, such as com.example.app:/callback, so that no other app claims it."
        case .noPath: "Put a path behind the scheme, as in com.example.app:/callback. Is https:// missing in front?"
        case .plainHTTP:
            "Use https. Plain http is accepted only for http://127.0.0.1, http://[::1] and http://localhost."
        case .badHost: "Check the host: it must be a domain name or an IP address in its usual form."
        case .badPort: "Check the port: it must be a number from 1 to 65535 without leading zeros."
        }
    }
}
