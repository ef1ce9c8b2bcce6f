/// What this authorization server offers: the one model behind both discovery documents, so they cannot contradict each other.
/// What is `nil` or empty is not listed.
/// - Source: RFC 8414 §2; OpenID Connect Discovery §3; RFC 9207 §3; RFC 9126 §5; RFC 9449 §5.1.
public struct ServerMetadata: Sendable {
    /// The issuer: the URL prefix of everything below, without a slash at its end.
    public var issuer: String
    /// `GET /auth`.
    public var authorizationEndpoint: String
    /// `POST /token`.
    public var tokenEndpoint: String
    /// The public keys.
    public var jwksURI: String
    /// RFC 7009.
    public var revocationEndpoint: String?
    /// RFC 7662.
    public var introspectionEndpoint: String?
    /// RFC 9126.
    public var pushedAuthorizationRequestEndpoint: String?
    /// RFC 7591.
    public var registrationEndpoint: String?
    /// OpenID Connect Core §5.3.
    public var userinfoEndpoint: String?
    /// OpenID Connect RP-Initiated Logout §2.1.
    public var endSessionEndpoint: String?
    /// Every scope that may be asked for.
    public var scopes: Scopes
    /// The response types.
    public var responseTypes: [String] = ["code"]
    /// The response modes.
    public var responseModes: [String] = ["query"]
    /// The grant types.
    public var grantTypes: [String] = ["authorization_code", "refresh_token"]
    /// How clients authenticate at the token endpoint, and at revocation.
    public var authenticationMethods: [String] = ["none", "client_secret_post", "client_secret_basic"]
    /// The PKCE methods.
    public var challengeMethods: [String] = ["S256"]
    /// The prompts.
    public var prompts: [String] = Prompt.allCases.map(\.rawValue)
    /// Whether answers carry `iss`.
    public var sendsIssuer = true
    /// Whether `resource` is understood; `nil` says nothing.
    public var understandsResource: Bool?
    /// The algorithms of DPoP proofs.
    public var proofAlgorithms: [String] = []
    /// The claims of ID tokens and userinfo.
    public var claims: [String] = []
    /// The algorithms of ID tokens; empty while there are none.
    public var idTokenAlgorithms: [String] = []
    /// The languages of the pages.
    public var uiLocales: [String] = []
    /// The documentation for developers.
    public var serviceDocumentation: String?
    /// The privacy policy.
    public var policyURI: String?
    /// The terms of service.
    public var termsOfServiceURI: String?

    /// A server with these four endpoints; everything else is set afterwards.
    public init(
        issuer: String, authorizationEndpoint: String, tokenEndpoint: String, jwksURI: String, scopes: Scopes,
        revocationEndpoint: String? = nil
    ) {
        self.issuer = issuer
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.jwksURI = jwksURI
        self.scopes = scopes
        self.revocationEndpoint = revocationEndpoint
    }

    /// The document at `/.well-known/oauth-authorization-server`.
    public var oauthJSON: String { render { $0.document == .both } }

    /// The document at `/.well-known/openid-configuration`: the same members, and those that only OpenID defines.
    public var openIDJSON: String { render { _ in true } }

    private func render(_ isIncluded: (MetadataMember) -> Bool) -> String {
        var object = JSONText(capacity: 2048)
        for member in members where isIncluded(member) { member.write(to: &object) }
        return object.text
    }

    /// Every member there can be. A new endpoint is a property and a line here.
    private var members: [MetadataMember] {
        [
            MetadataMember("issuer", .text(issuer)),
            MetadataMember("authorization_endpoint", .text(authorizationEndpoint)),
            MetadataMember("token_endpoint", .text(tokenEndpoint)),
            MetadataMember("jwks_uri", .text(jwksURI)),
            MetadataMember("registration_endpoint", .text(registrationEndpoint)),
            MetadataMember("revocation_endpoint", .text(revocationEndpoint)),
            MetadataMember("introspection_endpoint", .text(introspectionEndpoint)),
            MetadataMember("pushed_authorization_request_endpoint", .text(pushedAuthorizationRequestEndpoint)),
            MetadataMember("userinfo_endpoint", .text(userinfoEndpoint), in: .openID),
            MetadataMember("end_session_endpoint", .text(endSessionEndpoint), in: .openID),
            MetadataMember("scopes_supported", .list(scopes.map(\.name))),
            MetadataMember("response_types_supported", .list(responseTypes)),
            MetadataMember("response_modes_supported", .list(responseModes)),
            MetadataMember("grant_types_supported", .list(grantTypes)),
            MetadataMember("token_endpoint_auth_methods_supported", .list(authenticationMethods)),
            // RFC 8414 §2: left out, it would mean client_secret_basic alone.
            MetadataMember(
                "revocation_endpoint_auth_methods_supported",
                .list(revocationEndpoint == nil ? [] : authenticationMethods)),
            // RFC 7662 §2.1: the caller must authenticate.
            MetadataMember(
                "introspection_endpoint_auth_methods_supported",
                .list(introspectionEndpoint == nil ? [] : authenticationMethods.filter { $0 != "none" })),
            MetadataMember("code_challenge_methods_supported", .list(challengeMethods)),
            MetadataMember("prompt_values_supported", .list(prompts), in: .openID),
            MetadataMember("authorization_response_iss_parameter_supported", .flag(sendsIssuer)),
            MetadataMember("resource_parameter_supported", .flag(understandsResource)),
            MetadataMember("dpop_signing_alg_values_supported", .list(proofAlgorithms)),
            MetadataMember("subject_types_supported", .list(["public"]), in: .openID),
            MetadataMember("id_token_signing_alg_values_supported", .list(idTokenAlgorithms), in: .openID),
            MetadataMember("claims_supported", .list(claims), in: .openID),
            MetadataMember("claim_types_supported", .list(claims.isEmpty ? [] : ["normal"]), in: .openID),
            MetadataMember("claims_parameter_supported", .flag(false), in: .openID),
            MetadataMember("request_parameter_supported", .flag(false), in: .openID),
            // OpenID Connect Discovery §3: left out, it would mean true.
            MetadataMember("request_uri_parameter_supported", .flag(false), in: .openID),
            MetadataMember("ui_locales_supported", .list(uiLocales)),
            MetadataMember("service_documentation", .text(serviceDocumentation)),
            MetadataMember("op_policy_uri", .text(policyURI)),
            MetadataMember("op_tos_uri", .text(termsOfServiceURI)),
        ]
    }
}
