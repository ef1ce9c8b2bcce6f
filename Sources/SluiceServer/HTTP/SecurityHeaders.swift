import HTTPTypes

/// The fields that every answer carries, each exactly once.
///
/// A handler chooses the content policy and the caching of its answer; everything else here is the server's alone, and
/// what a handler wrote under one of these names is replaced.
struct SecurityHeaders: Sendable {
    /// What to append, with a place for the request's id in front: if the answer has neither policy nor caching of its own,
    /// if it has caching, if it has a policy, if it has both.
    ///
    /// Ready lists, because building the fields one by one costs more than everything else here.
    private let tails: [[HTTPField]]

    private static let noStore = HTTPField(name: .cacheControl, value: "no-store")
    private static let owned: Set<HTTPField.Name> = [
        .xContentTypeOptions, .referrerPolicy, .xFrameOptions, .crossOriginOpenerPolicy, .permissionsPolicy,
        .strictTransportSecurity, .xRequestID,
    ]

    /// - Parameter isSecure: Whether the origin is https. Only then browsers are told to insist on it.
    init(isSecure: Bool) {
        var always = [
            HTTPField(name: .xContentTypeOptions, value: "nosniff"),
            HTTPField(name: .referrerPolicy, value: "no-referrer"),
            HTTPField(name: .xFrameOptions, value: "DENY"),
            HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
            HTTPField(name: .permissionsPolicy, value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ]
        if isSecure {
            // RFC 6797. Without includeSubDomains: what else lives under the host is not ours to decide.
            always.append(HTTPField(name: .strictTransportSecurity, value: "max-age=31536000"))
        }
        let name = HTTPField(name: .xRequestID, value: "")
        let policy = ContentPolicy.none.field
        tails = [
            [name, policy, Self.noStore] + always, [name, policy] + always, [name, Self.noStore] + always,
            [name] + always,
        ]
    }

    /// Adds the fields to an answer.
    func apply(to fields: inout HTTPFields, requestID: String) {
        var hasPolicy = false
        var hasCaching = false
        var hasOwned = false
        for field in fields {
            // Lengths first: comparing them costs nothing, and almost no field passes.
            switch field.name.canonicalName.utf8.count {
            case 23: hasPolicy = hasPolicy || field.name == .contentSecurityPolicy
            case 13: hasCaching = hasCaching || field.name == .cacheControl
            case 12, 15, 18, 22, 25, 26: hasOwned = hasOwned || Self.owned.contains(field.name)
            default: break
            }
        }
        if hasOwned {
            for name in Self.owned { fields[name] = nil }
        }
        var tail = tails[(hasPolicy ? 2 : 0) + (hasCaching ? 1 : 0)]
        tail[0].value = requestID
        fields.append(all: tail)
    }
}
