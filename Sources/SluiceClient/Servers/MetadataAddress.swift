/// Where metadata documents are: the well-known name goes between host and path.
/// - Source: RFC 8414 §3.1; RFC 9728 §3.1.
enum MetadataAddress {
    /// `https://host/path` → `https://host/.well-known/name/path`.
    static func inserted(_ name: String, into url: String) -> String {
        let bytes = Array(url.utf8)
        guard let scheme = bytes.firstRange(of: Array("://".utf8)) else { return url }
        let path = bytes[scheme.upperBound...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        let origin = String(decoding: bytes[..<path], as: UTF8.self)
        return "\(origin)/.well-known/\(name)" + String(decoding: bytes[path...], as: UTF8.self)
    }

    /// `https://host/path` → `https://host/path/.well-known/name`, where OpenID Connect Discovery §4 looks.
    static func appended(_ name: String, to url: String) -> String { "\(url)/.well-known/\(name)" }

    /// The address without slashes at its end.
    static func withoutSlash(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }
}
