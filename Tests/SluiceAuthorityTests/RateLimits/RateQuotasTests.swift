import Testing

@testable import SluiceAuthority

@Suite("The quotas an operator writes")
struct RateQuotasTests {
    @Test(arguments: [
        ("100/15m,250/24h,3000/30d", ["100-in-15min", "250-in-1day", "3000-in-30days"]),
        ("3000/30d, 100/15m", ["100-in-15min", "3000-in-30days"]), ("1/24h", ["1-in-1day"]),
        ("1000000000/30d", ["1000000000-in-30days"]),
    ])
    func `S120 quotas become policies, the shortest window first`(text: String, names: [String]) throws {
        let quotas = try #require(RateQuotas(text))
        #expect(quotas.policies.map(\.name) == names)
        #expect(RateQuotas(quotas.text) == quotas)
    }

    @Test(arguments: [
        ("nothing", ""), ("a quota of none", "0/15m"), ("a negative one", "-1/15m"), ("a sign", "+1/15m"),
        ("one above the range", "1000000001/15m"), ("more digits than a number has", "99999999999999999999/15m"),
        ("another window", "100/1h"), ("a capital", "100/15M"), ("a window twice", "100/15m,200/15m"),
        ("no window", "100"), ("no quota", "/15m"), ("a comma too many", "100/15m,"), ("a third part", "1/15m/x"),
        ("digits of another script", "\u{661}/15m"), ("a word", "off"),
    ])
    func `S120 anything else is refused`(why: String, text: String) { #expect(RateQuotas(text) == nil, "\(why)") }

    @Test func `S120 a sandbox has the numbers of Buffer's smallest paid plan`() {
        #expect(RateQuotas.essentials.text == "100/15m,250/24h,7500/30d")
        #expect(RateQuotas(RateQuotas.essentials.text) == .essentials)
    }
}
