import Testing

@testable import SluiceServer

@Suite("Trusted proxies: whose word about the client counts")
struct TrustedProxiesTests {
    @Test(arguments: [
        ("no proxy is trusted", [String](), "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("the peer is not trusted", ["10.0.0.0/8"], "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("nothing was forwarded", ["10.0.0.0/8"], "10.1.2.3", [], "10.1.2.3"),
        ("one proxy", ["10.0.0.0/8"], "10.1.2.3", ["198.51.100.1"], "198.51.100.1"),
        ("the client lied", ["10.0.0.0/8"], "10.1.2.3", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("two proxies", ["10.0.0.0/8"], "10.1.2.3", ["1.1.1.1, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("two fields", ["10.0.0.0/8"], "10.1.2.3", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("all are proxies", ["10.0.0.0/8"], "10.1.2.3", ["10.7.7.7"], "10.7.7.7"),
        ("nonsense ends the chain", ["10.0.0.0/8"], "10.1.2.3", ["198.51.100.1, unknown"], "10.1.2.3"),
        ("with a port", ["10.0.0.1"], "10.0.0.1", ["198.51.100.1:5000"], "198.51.100.1"),
        ("IPv6 in brackets", ["fd00::/8"], "fd00::1", ["[2001:DB8::7]:443"], "2001:db8::7"),
        ("IPv4 in IPv6's clothes", ["127.0.0.1"], "::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ])
    func `the nearest address that is no trusted proxy is the client`(
        why: String, cidrs: [String], peer: String, forwarded: [String], client: String
    ) throws {
        let proxies = try TrustedProxies(cidrs: cidrs)
        #expect(proxies.clientAddress(peer: peer, forwardedFor: forwarded) == client, "\(why)")
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0", "10.0.0.256", "010.0.0.1", "::1/129", "example.com", "", "10.0.0.0/-1", "1::2::3",
    ])
    func `what is no address is refused by name`(text: String) {
        #expect(throws: TrustedProxies.Problem(text: text)) { try TrustedProxies(cidrs: [text]) }
    }

    @Test(arguments: [
        ("::", "::"), ("::1", "::1"), ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("fe80::1:0:0:0:0", "fe80:0:0:1::"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"),
    ])
    func `addresses are written as RFC 5952 wants it`(text: String, written: String) {
        #expect(IPAddress(text)?.description == written)
    }

    @Test(arguments: ["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1::", "1:", "::1:", "12345::", "::g", "1::1.2.3", ":::"])
    func `broken IPv6 addresses are refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `a block of every address contains every address`() throws {
        #expect(try TrustedProxies(cidrs: ["::/0"]).contains("203.0.113.9"))
        #expect(try TrustedProxies(cidrs: ["0.0.0.0/0"]).contains("203.0.113.9"))
        #expect(try !TrustedProxies(cidrs: ["0.0.0.0/0"]).contains("2001:db8::1"))
        #expect(try TrustedProxies(cidrs: ["192.168.1.128/25"]).contains("192.168.1.200"))
        #expect(try !TrustedProxies(cidrs: ["192.168.1.128/25"]).contains("192.168.1.127"))
    }
}
