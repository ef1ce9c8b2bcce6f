/// The redirect that answers an authorization request.
/// - Source: RFC 6749 §4.1.2 and §4.1.2.1; RFC 9207 §2.
public enum AuthorizationResponse {
    /// The `Location` that brings a code.
    /// - Parameters:
    ///   - redirectURI: As presented, and matched with a registration before.
    ///   - code: The authorization code.
    ///   - state: What the client sent, echoed unchanged.
    ///   - issuer: Who answers, so that a client of several servers cannot mix them up.
    public static func success(redirectURI: String, code: String, state: String?, issuer: String) -> String {
        location(redirectURI, [("code", code)], state: state, issuer: issuer)
    }

    /// The `Location` that brings an error. One that must not travel by redirect is sent as `server_error` and says nothing.
    public static func failure(redirectURI: String, error: OAuthError, state: String?, issuer: String) -> String {
        let error =
            error.code.mayBeRedirected ? error : OAuthError(.serverError, "The request could not be completed.")
        let pairs = [("error", error.code.rawValue), ("error_description", error.summary)]
        return location(redirectURI, pairs, state: state, issuer: issuer)
    }

    /// Keeps the URI's own query byte for byte but for parameters that would contradict the answer (a client reading the
    /// first `state` would read a planted one), and drops a fragment.
    private static func location(
        _ redirectURI: String, _ pairs: [(String, String)], state: String?, issuer: String
    ) -> String {
        let ours: Set = ["code", "state", "iss", "error", "error_description", "error_uri"]
        let bytes = Array(redirectURI.utf8.prefix { $0 != UInt8(ascii: "#") })
        let question = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        let kept = bytes[question...].dropFirst().split(separator: UInt8(ascii: "&")).filter { pair in
            let name = Parameters.decode(pair.prefix { $0 != UInt8(ascii: "=") })
            return name.map { !ours.contains($0) } ?? true
        }
        var answer = pairs
        if let state { answer.append(("state", state)) }
        answer.append(("iss", issuer))
        var output = Array(bytes[..<question])
        output.append(UInt8(ascii: "?"))
        for pair in kept {
            output.append(contentsOf: pair)
            output.append(UInt8(ascii: "&"))
        }
        output.append(contentsOf: Parameters.encode(answer).utf8)
        return String(decoding: output, as: UTF8.self)
    }
}
