/// Why an access token is not accepted. For the log and for `explain`: the caller of the API learns `invalid_token` alone.
public enum AccessTokenProblem: Error, Sendable, Equatable, CaseIterable {
    /// Not three strict base64url parts of strict JSON with the claims of RFC 9068, or a header that demands extensions.
    case malformed
    /// More bytes than `AccessToken.limitInBytes`.
    case tooLong
    /// No key of that name.
    case unknownKey
    /// An algorithm that is not the named key's, `none` included.
    case algorithmMismatch
    /// The signature is not that key's over this text.
    case badSignature
    /// A JWT of another kind, such as an ID token, or an access token that is bound to a key (`cnf`).
    case wrongType
    /// Another issuer.
    case wrongIssuer
    /// Meant for another API.
    case wrongAudience
    /// No longer good.
    case expired
    /// Issued in the future, or not good before a moment to come.
    case notYetValid

    /// One sentence.
    public var summary: String {
        switch self {
        case .malformed: "The text is not a well-formed access token."
        case .tooLong: "The text is longer than any access token."
        case .unknownKey: "The key that the token names is not one of this server's."
        case .algorithmMismatch: "The token names another algorithm than its key's."
        case .badSignature: "The signature does not match."
        case .wrongType: "The token is a JWT of another kind."
        case .wrongIssuer: "The token comes from another issuer."
        case .wrongAudience: "The token is meant for another API."
        case .expired: "The token has expired."
        case .notYetValid: "The token is not valid yet."
        }
    }
}
