package import HTTPTypes

extension HTTPField.Name {
    /// Names a request for support and logs.
    package static let xRequestID = known("X-Request-ID")
    /// On every answer of a sandbox, and no other.
    static let sluiceSandbox = known("Sluice-Sandbox")
    static let xForwardedFor = known("X-Forwarded-For")
    static let xForwardedProto = known("X-Forwarded-Proto")
    static let xForwardedHost = known("X-Forwarded-Host")
    static let xFrameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
    static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    static let secFetchSite = known("Sec-Fetch-Site")
    /// Where a client stands at a rate limit, and what the limit is. Source: RateLimit header fields for HTTP, IETF draft.
    static let rateLimit = known("RateLimit")
    /// See `rateLimit`.
    static let rateLimitPolicy = known("RateLimit-Policy")
    /// For caches of HTTP/1.0. Source: RFC 9111 §5.4.
    package static let pragma = known("Pragma")

    /// - Parameter literal: A valid field name; the type of the parameter keeps anything else out.
    private static func known(_ literal: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(literal)") else { preconditionFailure("\(literal) is no field name") }
        return name
    }
}
