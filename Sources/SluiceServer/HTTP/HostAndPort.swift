/// The `host[:port]` of a URL or of a `Host` field.
/// - Source: RFC 9110 §7.2; RFC 3986 §3.2.2.
struct HostAndPort: Sendable, Hashable {
    /// Lower case; an IPv6 address keeps its brackets.
    let host: String
    /// The port, if one was written.
    let port: Int?

    /// Refuses an empty host, user information, and whatever no host name or address is made of.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 260 else { return nil }
        let colon: Int?
        if bytes[0] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 2 else { return nil }
            guard bytes[1..<close].allSatisfy({ $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
            guard close + 1 == bytes.count || bytes[close + 1] == UInt8(ascii: ":") else { return nil }
            colon = close + 1 == bytes.count ? nil : close + 1
        } else {
            colon = bytes.firstIndex(of: UInt8(ascii: ":"))
            let name = bytes[..<(colon ?? bytes.count)]
            guard !name.isEmpty, name.allSatisfy(\.isHostNameByte) else { return nil }
        }
        if let colon {
            let digits = bytes[(colon + 1)...]
            guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(number)
            else { return nil }
            port = number
        } else {
            port = nil
        }
        host = String(decoding: bytes[..<(colon ?? bytes.count)].map(\.lowercasedASCII), as: UTF8.self)
    }
}

extension UInt8 {
    /// `0-9 a-f A-F`.
    var isHexDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    /// `A-Z` as `a-z`; anything else as it is.
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self + 32 : self }

    /// Letters, digits, `-`, `.` and the `_` that container networks put into names.
    fileprivate var isHostNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
