/// A block of addresses in CIDR notation; an address alone is a block of one.
/// - Source: RFC 4632 §3.1; RFC 4291 §2.3.
struct AddressRange: Sendable, Hashable {
    private let network: UInt128
    private let mask: UInt128

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(parts[0]) else { return nil }
        let width = parts[0].utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        var length = width
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(parts[1]), number <= width
            else { return nil }
            length = number
        }
        let kept = 128 - width + length
        mask = kept == 0 ? 0 : UInt128.max << UInt128(128 - kept)
        network = address.bits & mask
    }

    func contains(_ address: IPAddress) -> Bool { address.bits & mask == network }
}
