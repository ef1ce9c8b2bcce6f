import Foundation

/// Where a request came from, as the audit log keeps it. Holds no secret.
public struct RequestTrace: Sendable, Hashable {
    /// The client's network address, after trusted proxies; `"-"` where there is none, as on the command line.
    public let address: String
    /// The `User-Agent` header, cut to 256 bytes.
    public let userAgent: String
    /// The request's id, which error pages and logs show too.
    public let requestID: String

    /// A trace; long values are cut so that a header cannot fill the log.
    public init(address: String, userAgent: String, requestID: String) {
        self.address = Self.line(address, limitInBytes: 64)
        self.userAgent = Self.line(userAgent, limitInBytes: 256)
        self.requestID = Self.line(requestID, limitInBytes: 64)
    }

    /// The text without control characters, cut to the limit.
    private static func line(_ text: String, limitInBytes limit: Int) -> String {
        // Nearly every value passes as it is, and every request makes a trace.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return text }
        var cut = ""
        for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            guard cut.utf8.count + String(scalar).utf8.count <= limit else { break }
            cut.unicodeScalars.append(scalar)
        }
        return cut
    }

    /// What throttles count by: the address, but of an IPv6 one the first 64 bits alone. Whoever has one of those addresses has
    /// the whole block of them, and each would be a fresh count.
    package var network: String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        var bits = in6_addr()
        guard inet_pton(AF_INET6, address, &bits) == 1 else { return address }
        let bytes = withUnsafeBytes(of: bits) { Array($0) }
        // An IPv4 address in IPv6 form stands for one host.
        guard !bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) else { return address }
        return bytes.prefix(8).map { CivilTime.padded(Int($0), 3) }.joined(separator: ".") + "/64"
    }

    /// The command line acting on the data folder.
    public static let commandLine = RequestTrace(address: "-", userAgent: "sluice command line", requestID: "-")
    /// The server itself: sweeps and scheduled rotations.
    public static let maintenance = RequestTrace(address: "-", userAgent: "sluice maintenance", requestID: "-")
}
