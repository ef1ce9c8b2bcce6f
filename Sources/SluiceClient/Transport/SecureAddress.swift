import Foundation

/// Whether an address is fit for secrets: `https`, or `http` to this very machine.
/// - Source: RFC 6749 §3.1 and §3.2 demand TLS; RFC 8252 §7.3 excepts the loopback.
enum SecureAddress {
    static func isFit(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil
        else { return false }
        switch parts.scheme?.lowercased() {
        case "https": return true
        case "http": return isLoopback(host)
        default: return false
        }
    }

    /// Whether an endpoint is as fit as the issuer that names it: one on the network must not send secrets to a port of this machine.
    static func isFit(_ url: String, besides issuer: String) -> Bool {
        isFit(url) && (URLComponents(string: url)?.scheme?.lowercased() == "https" || !issuer.lowercased().hasPrefix("https:"))
    }

    /// The address as it may be shown: without the name and password that somebody put into it.
    static func shown(_ url: String) -> String {
        let url = OAuthRefusal.printable(url, limit: 200)
        guard let scheme = url.range(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return url }
        return String(url[..<scheme.upperBound]) + String(rest[rest.index(after: at)...])
    }

    /// What is wrong with an address that is not fit.
    static func complaint(_ url: String) -> String {
        "\(url) is neither a plain https address nor one of this machine: nothing was sent there."
    }

    private static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        // Not the names below `localhost`: resolvers should keep them on the machine (RFC 6761 §6.3), and some ask the network.
        if host == "localhost" || host == "[::1]" || host == "::1" { return true }
        // Four whole octets: `127.attacker.example` is a name that anybody can register.
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}
