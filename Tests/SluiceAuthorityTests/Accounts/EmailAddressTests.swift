import Testing

@testable import SluiceAuthority

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(arguments: [
        ("ada@example.com", "ada@example.com"), (" Ada@Example.COM\n", "ada@example.com"),
        ("a+b.c_d@sub.example.co.uk", "a+b.c_d@sub.example.co.uk"), ("root@localhost", "root@localhost"),
        ("ａｄａ@example.com", "ada@example.com"), ("e\u{301}@example.com", "é@example.com"),
        ("o'neill@example.com", "o'neill@example.com"),
    ])
    func `S16 one form is kept, whatever case or Unicode form was typed`(typed: String, kept: String) {
        #expect(EmailAddress(typed)?.text == kept)
    }

    @Test(arguments: [
        "", "ada", "@example.com", "ada@", "ada@example", "ada@@example.com", "a@b@example.com", "ada@.example.com",
        "ada@example.com.", "ada@example..com", "a da@example.com", "ada@exam ple.com",
        "ada@example.com, bob@example.com",
        "<ada@example.com>", "ada\u{0}@example.com", "ada@example.com\u{0}", "\"a b\"@example.com",
        "ada@example.com\r\nBcc: bob@example.com", "ada@[127.0.0.1]",
    ])
    func `what cannot be an address is refused`(typed: String) { #expect(EmailAddress(typed) == nil) }

    @Test func `lengths are bounded before and after mapping`() {
        #expect(EmailAddress(String(repeating: "a", count: 64) + "@example.com") != nil)
        #expect(EmailAddress(String(repeating: "a", count: 65) + "@example.com") == nil)
        #expect(EmailAddress("a@" + String(repeating: "a", count: 248) + ".com") != nil, "254 bytes")
        #expect(EmailAddress("a@" + String(repeating: "a", count: 249) + ".com") == nil, "255 bytes")
        #expect(EmailAddress("\u{FDFA}\u{FDFA}\u{FDFA}@example.com") == nil, "three letters that become 54 with blanks")
    }
}
