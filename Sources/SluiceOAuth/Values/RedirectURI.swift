/// A redirect URI that may be registered: `https`, `http` to the loopback, or a private-use scheme with a dot.
/// - Source: RFC 6749 §3.1.2; RFC 8252 §7.1 to §7.3; RFC 9700 §2.1 and §4.1.3.
public struct RedirectURI: Sendable, Hashable, CustomStringConvertible {
    /// How the browser reaches the app.
    public enum Kind: Sendable, Hashable {
        /// A web address, also one that a mobile app claims.
        case https
        /// `http://127.0.0.1` or `http://[::1]`: an app on the user's machine, on any port.
        case loopback
        /// `http://localhost`: as `loopback`, but the name may be made to point elsewhere, so it deserves a warning.
        case localhost
        /// A scheme that an app registered with the operating system.
        case privateUse
    }

    /// The longest redirect URI in bytes.
    public static let limitInBytes = 2048

    /// The URI exactly as it was given.
    public let text: String
    /// How the browser reaches the app.
    public let kind: Kind
    /// The scheme in lower case.
    public let scheme: String
    /// What a person should read to know where they are sent: the host in lower case, or the private-use scheme.
    public let hostForDisplay: String

    /// Bytes up to and with the host, and from behind the port: what a loopback match compares.
    private let lengthThroughHost: Int
    private let lengthBeforePath: Int

    /// The redirect URI `text`.
    /// - Throws: The first rule that it breaks.
    public init(_ text: String) throws(RedirectURIProblem) {
        let bytes = Array(text.utf8)
        try Self.checkCharacters(bytes)
        let scheme = try Self.scheme(of: bytes)
        let parts = try RedirectURIAuthority(bytes, behindScheme: scheme.utf8.count + 1)
        switch scheme {
        case "https":
            guard let parts, !parts.host.isEmpty else { throw .badHost }
            try HostName.check(parts.host)
            kind = .https
        case "http":
            guard let parts, !parts.host.isEmpty else { throw .badHost }
            switch String(decoding: parts.host, as: UTF8.self) {
            case "127.0.0.1", "[::1]": kind = .loopback
            case "localhost": kind = .localhost
            default: throw .plainHTTP
            }
        default:
            // One slash as RFC 8252 §7.1 recommends, or `://`; an opaque rest is most likely a forgotten `https://`.
            guard bytes.count > scheme.utf8.count + 1, bytes[scheme.utf8.count + 1] == UInt8(ascii: "/") else {
                throw .noPath
            }
            kind = .privateUse
        }
        self.text = text
        self.scheme = scheme
        hostForDisplay = kind == .privateUse ? scheme : String(decoding: parts?.host ?? [], as: UTF8.self).lowercased()
        lengthThroughHost = parts?.endOfHost ?? 0
        lengthBeforePath = parts?.end ?? 0
    }

    /// Whether a request that presents this text means this URI: the same bytes, except that the port of a loopback address
    /// or of `localhost` is free, because an app on the user's machine listens where it can.
    /// - Source: RFC 9700 §4.1.3; RFC 8252 §7.3.
    public func matches(_ presented: String) -> Bool {
        switch kind {
        case .https, .privateUse: return presented.hasSameBytes(as: text)
        case .loopback, .localhost: break
        }
        guard presented.utf8.count <= Self.limitInBytes else { return false }
        let own = Array(text.utf8)
        var rest = Array(presented.utf8)[...]
        guard rest.starts(with: own[..<lengthThroughHost]) else { return false }
        rest = rest.dropFirst(lengthThroughHost)
        if rest.first == UInt8(ascii: ":") {
            let digits = rest.dropFirst().prefix(while: \.isASCIIDigit)
            guard RedirectURIAuthority.isPort(digits) else { return false }
            rest = rest.dropFirst(digits.count + 1)
        }
        return rest.elementsEqual(own[lengthBeforePath...])
    }

    /// The URI.
    public var description: String { text }

    /// Whether both are the same bytes.
    public static func == (one: RedirectURI, other: RedirectURI) -> Bool { one.text.hasSameBytes(as: other.text) }

    /// Feeds the bytes of the URI.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Refuses what no URI may hold, and what one that is compared exactly and opened by a browser should not.
    private static func checkCharacters(_ bytes: [UInt8]) throws(RedirectURIProblem) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limitInBytes else { throw .tooLong }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case ...0x20, 0x7F...: throw .illegalCharacter
            // `\` above all: browsers read it as `/`, parsers do not.
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"),
                UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
                throw .illegalCharacter
            case UInt8(ascii: "#"): throw .fragment
            case UInt8(ascii: "*"): throw .wildcard
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.count, bytes[index + 1].hexadecimalValue != nil,
                    bytes[index + 2].hexadecimalValue != nil
                else { throw .brokenEscape }
            default: break
            }
        }
    }

    /// The scheme in lower case: `http`, `https`, or one with a dot.
    private static func scheme(of bytes: [UInt8]) throws(RedirectURIProblem) -> String {
        // RFC 3986 §3.1: a letter, then letters, digits, `+`, `-` and `.`.
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, first.isASCIILetter,
            bytes[..<colon].allSatisfy({ $0.isASCIIAlphanumeric || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E })
        else { throw .relative }
        let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        if scheme == "https" || scheme == "http" { return scheme }
        let opensInTheBrowser: Set = [
            "about", "blob", "content", "data", "feed", "file", "filesystem", "ftp", "ftps", "intent", "jar",
            "javascript",
            "livescript", "mailto", "mhtml", "mocha", "resource", "sms", "tel", "vbscript", "view-source", "ws", "wss",
        ]
        guard !opensInTheBrowser.contains(scheme) else { throw .dangerousScheme }
        // RFC 8252 §7.1: based on a domain name in reverse order.
        let labels = scheme.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }) else { throw .schemeWithoutDot }
        return scheme
    }
}
