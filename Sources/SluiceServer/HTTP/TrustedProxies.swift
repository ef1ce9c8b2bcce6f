/// The proxies whose word about the original request is believed.
///
/// `Forwarded` (RFC 7239) is not read: a proxy that writes the `X-Forwarded-…` fields lets a client's own `Forwarded`
/// through untouched, and one that believed both could be told any address by anyone.
package struct TrustedProxies: Sendable, Hashable {
    /// Why a list of proxies was refused.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was written.
        package let text: String
        /// What to tell whoever wrote it.
        package var description: String {
            "“\(text)” is neither an IP address nor a block of them such as 10.0.0.0/8 or fd00::/8."
        }
    }

    private let ranges: [AddressRange]

    /// Nobody is believed.
    package static let none = TrustedProxies()

    private init() { ranges = [] }

    /// - Parameter cidrs: Addresses or blocks, for example `127.0.0.1`, `10.0.0.0/8` or `fd00::/8`.
    /// - Throws: ``Problem`` with the first entry that is none.
    package init(cidrs: [String]) throws(Problem) {
        var ranges: [AddressRange] = []
        for text in cidrs {
            guard let range = AddressRange(text) else { throw Problem(text: text) }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    /// Whether nobody is believed.
    package var isEmpty: Bool { ranges.isEmpty }

    /// Whether `address` is a proxy that is believed.
    package func contains(_ address: String) -> Bool {
        guard !ranges.isEmpty, let address = IPAddress(address) else { return false }
        return contains(address)
    }

    private func contains(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// The address of the client: the peer's own, unless that is a proxy that is believed. Then the nearest address in
    /// `X-Forwarded-For`, read from its end, that is not such a proxy. What stands before it was written by the client.
    /// - Parameters:
    ///   - peer: The address at the other end of the connection.
    ///   - forwardedFor: The values of all `X-Forwarded-For` fields, in their order.
    package func clientAddress(peer: String, forwardedFor: [String]) -> String {
        guard !forwardedFor.isEmpty, contains(peer) else { return peer }
        var nearest = peer
        for entry in forwardedFor.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }).reversed() {
            // Whoever wrote nonsense is not believed further.
            guard let address = Self.address(in: entry) else { break }
            nearest = address.description
            if !contains(address) { break }
        }
        return nearest
    }

    /// An address, with the port or the brackets that some proxies add.
    private static func address(in entry: Substring) -> IPAddress? {
        var text = entry.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]") else { return nil }
            return IPAddress(text[text.index(after: text.startIndex)..<close])
        }
        if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") { text = text[..<colon] }
        return IPAddress(text)
    }
}
