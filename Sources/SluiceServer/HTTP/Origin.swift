/// A place that the server answers at: scheme, host, port and, behind some proxies, a path prefix.
/// - Source: RFC 6454 §4 for the first three; RFC 8414 §2 for an issuer with a path.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// The two schemes that browsers reach a server by.
    package enum Scheme: String, Sendable, Hashable {
        case http, https

        /// The port that a URL of this scheme leaves out.
        package var defaultPort: Int { self == .https ? 443 : 80 }
    }

    /// `http` or `https`.
    package let scheme: Scheme
    /// Lower case; an IPv6 address keeps its brackets.
    package let host: String
    /// The port, also where the text leaves it out.
    package let port: Int
    /// What stands before every path: empty, or `/…` without a slash at its end.
    package let prefix: String
    /// The URL, without a slash at its end and without a default port.
    package let text: String

    /// The same as ``text``.
    package var description: String { text }

    /// Whether browsers reach it over TLS.
    package var isSecure: Bool { scheme == .https }

    /// `host` or `host:port`, as a browser puts it into the `Host` field.
    package var authority: String { port == scheme.defaultPort ? host : "\(host):\(port)" }

    /// An origin from its parts.
    /// - Parameter prefix: Empty, or `/…` without a slash at its end.
    package init(scheme: Scheme, host: String, port: Int, prefix: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.prefix = prefix
        self.text =
            port == scheme.defaultPort
            ? "\(scheme.rawValue)://\(host)\(prefix)" : "\(scheme.rawValue)://\(host):\(port)\(prefix)"
    }

    /// An origin from an absolute http(s) URL without user, query or fragment. A slash at its end is dropped.
    package init?(_ url: String) {
        // Over bytes, and stricter than RFC 3986: an issuer is compared as text by every client, so it has one spelling.
        guard let mark = url.firstRange(of: "://"), let scheme = Scheme(rawValue: url[..<mark.lowerBound].lowercased())
        else { return nil }
        let rest = url[mark.upperBound...]
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        guard let authority = HostAndPort(rest[..<slash]) else { return nil }
        var path = rest[slash...]
        while path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
        guard Self.isPrefix(path) else { return nil }
        self.init(
            scheme: scheme, host: authority.host, port: authority.port ?? scheme.defaultPort, prefix: String(path))
    }

    /// Empty, or segments of unreserved characters, none of them empty or made of dots.
    private static func isPrefix(_ path: Substring) -> Bool {
        if path.isEmpty { return true }
        return path.dropFirst().utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .allSatisfy { segment in
                !segment.isEmpty && segment.contains { $0 != UInt8(ascii: ".") }
                    && segment.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                            UInt8(ascii: "_"), UInt8(ascii: "~"):
                            true
                        default: false
                        }
                    }
            }
    }
}
