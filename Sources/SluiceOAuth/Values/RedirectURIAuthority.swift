/// The `//host:port` of a redirect URI, and where it ends.
/// - Source: RFC 3986 §3.2.
struct RedirectURIAuthority {
    /// The host with the brackets of an IPv6 address; empty if none was written.
    let host: ArraySlice<UInt8>
    /// The index behind the host.
    let endOfHost: Int
    /// The index behind the port, where path or query begin.
    let end: Int

    /// The authority of `bytes`, `nil` if no `//` follows the scheme.
    /// - Throws: `.userInfo`, `.badHost` or `.badPort`.
    init?(_ bytes: [UInt8], behindScheme start: Int) throws(RedirectURIProblem) {
        let slash = UInt8(ascii: "/")
        guard bytes.count >= start + 2, bytes[start] == slash, bytes[start + 1] == slash else { return nil }
        let rest = bytes[(start + 2)...]
        end = rest.firstIndex { $0 == slash || $0 == UInt8(ascii: "?") } ?? bytes.endIndex
        let authority = rest[..<end]
        // `https://trusted@evil.example`: the part that reads like a host is a user name.
        guard !authority.contains(UInt8(ascii: "@")) else { throw .userInfo }
        if authority.first == UInt8(ascii: "[") {
            guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else { throw .badHost }
            endOfHost = bracket + 1
        } else {
            endOfHost = authority.firstIndex(of: UInt8(ascii: ":")) ?? end
        }
        host = authority[..<endOfHost]
        guard endOfHost < end else { return }
        guard authority[endOfHost] == UInt8(ascii: ":") else { throw .badHost }
        guard Self.isPort(authority[(endOfHost + 1)...]) else { throw .badPort }
    }

    /// Whether `digits` are a number from 1 to 65535 as one writes it.
    static func isPort(_ digits: ArraySlice<UInt8>) -> Bool {
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "0"), digits.allSatisfy(\.isASCIIDigit)
        else {
            return false
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 65535
    }
}
