/// The `WWW-Authenticate` header of the API.
/// - Source: RFC 6750 §3; RFC 9728 §5.1.
public enum BearerChallenge {
    /// The header's value.
    /// - Parameters:
    ///   - realm: What is protected.
    ///   - resourceMetadata: The URL of the protected-resource document.
    ///   - error: What was wrong with the bearer; `nil` if none was presented (RFC 6750 §3.1).
    ///   - description: A sentence for developers.
    ///   - scope: What would have been needed.
    public static func header(
        realm: String, resourceMetadata: String?, error: OAuthError.Code? = nil, description: String? = nil,
        scope: Scopes? = nil
    ) -> String {
        var attributes = [attribute("realm", realm)]
        if let error { attributes.append(attribute("error", error.rawValue)) }
        if let description { attributes.append(attribute("error_description", description)) }
        if let scope { attributes.append(attribute("scope", scope.text)) }
        if let resourceMetadata { attributes.append(attribute("resource_metadata", resourceMetadata)) }
        return "Bearer " + attributes.joined(separator: ", ")
    }

    /// What would end the quotes or the header is left out: no value here has a use for it.
    private static func attribute(_ name: String, _ value: String) -> String {
        name + "=\"" + String(decoding: value.utf8.filter(\.isErrorTextCharacter), as: UTF8.self) + "\""
    }
}
