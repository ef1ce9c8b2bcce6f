/// What a client shows of itself at the token endpoint: its id and perhaps its secret. Nothing is proved yet.
/// - Source: RFC 6749 §2.3.1 and §3.2.1.
public struct ClientCredentials: Sendable, SecretHolder {
    /// How the client authenticates.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Not at all: a public client.
        case none
        /// Id and secret in the `Authorization` header.
        case basic = "client_secret_basic"
        /// Id and secret in the body.
        case post = "client_secret_post"
    }

    /// Who the client says it is.
    public let clientID: String
    /// The secret. `nil` exactly if the method is `none`; with `basic` it can be empty, and then matches nothing.
    public let secret: String?
    /// How it came.
    public let method: Method

    /// Reads the header and the form of one request.
    /// - Parameters:
    ///   - authorization: The value of the one `Authorization` header, if there is one.
    ///   - parameters: The form.
    /// - Throws: `invalid_request` if `client_id` is missing or repeated, if header and form name two clients, if two methods
    ///   are used at once, or if a Basic header cannot be read; `invalid_client` for a method that is not offered.
    public init(authorization: String?, _ parameters: Parameters) throws(OAuthError) {
        let formID = try parameters.value("client_id")
        let formSecret = try parameters.value("client_secret")
        let assertion = try parameters.value("client_assertion")
        let assertionType = try parameters.value("client_assertion_type")
        let hasAssertion = assertion != nil || assertionType != nil
        if let authorization {
            guard formSecret == nil, !hasAssertion else {
                throw OAuthError(.invalidRequest, "Use one method of client authentication, not two.")
            }
            let basic = try BasicCredentials(authorization)
            guard !basic.name.isEmpty else { throw OAuthError(.invalidRequest, "client_id is missing.") }
            guard formID?.hasSameBytes(as: basic.name) != false else {
                throw OAuthError(.invalidRequest, "client_id differs from the Authorization header.")
            }
            (clientID, secret, method) = (basic.name, basic.password, .basic)
            return
        }
        guard !hasAssertion || formSecret == nil else {
            throw OAuthError(.invalidRequest, "Use one method of client authentication, not two.")
        }
        guard !hasAssertion else { throw OAuthError(.invalidClient, "Client assertions are not supported.") }
        guard let formID else { throw OAuthError(.invalidRequest, "client_id is missing.") }
        (clientID, secret, method) = (formID, formSecret, formSecret == nil ? .none : .post)
    }

    /// The id and the method; the secret stays hidden.
    public var description: String { "ClientCredentials(\(clientID), \(method.rawValue))" }
}
