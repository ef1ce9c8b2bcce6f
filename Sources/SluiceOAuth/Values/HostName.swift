/// The hosts that an `https` redirect URI may name.
/// - Source: RFC 1123 §2.1; RFC 3986 §3.2.2.
enum HostName {
    /// Passes a domain name, a dotted IPv4 address, or an IPv6 address in brackets.
    /// - Throws: `.badHost`.
    static func check(_ host: ArraySlice<UInt8>) throws(RedirectURIProblem) {
        guard host.count <= 253 else { throw .badHost }
        if host.first == UInt8(ascii: "[") {
            guard isIPv6(host.dropFirst().dropLast()) else { throw .badHost }
            return
        }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(isLabel), let last = labels.last else { throw .badHost }
        // Browsers read `2130706433`, `0x7f000001` and `127.1` as IPv4 addresses; a person does not.
        let looksNumeric =
            last.allSatisfy(\.isASCIIDigit) || last.starts(with: [0x30, 0x78]) || last.starts(with: [0x30, 0x58])
        if looksNumeric {
            guard labels.count == 4, labels.allSatisfy(isOctet) else { throw .badHost }
        }
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { $0.isASCIIAlphanumeric || $0 == hyphen }
    }

    private static func isOctet(_ label: ArraySlice<UInt8>) -> Bool {
        guard label.count <= 3, label.allSatisfy(\.isASCIIDigit) else { return false }
        guard label.count == 1 || label.first != UInt8(ascii: "0") else { return false }
        return label.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
    }

    /// Groups of one to four hexadecimal digits, eight of them or fewer around one `::`. No zone, no embedded IPv4.
    private static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy { $0.hexadecimalValue != nil } }) else { return false }
        let empty = groups.count { $0.isEmpty }
        switch empty {
        case 0: return groups.count == 8
        case 1:
            // The gap is inside: `a::b`. A single colon at an end would be the empty group there.
            return groups.first?.isEmpty == false && groups.last?.isEmpty == false && groups.count <= 8
        case 2:
            // `::b` or `a::`.
            guard groups.count <= 9, groups.count >= 3 else { return false }
            return (groups[0].isEmpty && groups[1].isEmpty)
                || (groups[groups.count - 1].isEmpty && groups[groups.count - 2].isEmpty)
        case 3: return groups.count == 3
        default: return false
        }
    }
}
