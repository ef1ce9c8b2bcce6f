/// Why an `Authorization` header brings no bearer.
/// - Source: RFC 6750 §3.1.
public enum BearerProblem: Error, Sendable, Equatable, CaseIterable {
    /// Another scheme, or none.
    case notBearer
    /// The scheme Bearer, but not exactly one token of the allowed characters.
    case malformed
    /// More than one header.
    case repeated

    /// The status: 401 where nothing was presented that this server understands, else 400.
    public var status: Int {
        switch self {
        case .notBearer: 401
        case .malformed, .repeated: 400
        }
    }

    /// What goes into the challenge; `nil` for `notBearer`, where RFC 6750 §3.1 wants no error attribute.
    public var error: OAuthError? {
        switch self {
        case .notBearer: nil
        case .malformed:
            OAuthError(.invalidRequest, "The Authorization header must be Bearer, one space and one token.")
        case .repeated: OAuthError(.invalidRequest, "There is more than one Authorization header.")
        }
    }
}
