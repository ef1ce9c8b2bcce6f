import Testing

@testable import SluiceAuthority

@Suite("New passwords")
struct PasswordPolicyTests {
    @Test(arguments: [
        ("short", PasswordProblem.tooShort), ("1234567", .tooShort), ("password", .tooCommon), ("PassWord", .tooCommon),
        ("aaaaaaaaaa", .tooCommon), ("abababababab", .tooCommon), ("ada@example.com", .tooCommon),
        ("ADA@example.com", .tooCommon), ("a1" + String(repeating: "x", count: 1_023), .tooLong),
    ])
    func `what is guessed first is refused`(text: String, problem: PasswordProblem) throws {
        let email = try #require(EmailAddress("ada@example.com"))
        #expect(throws: problem) { try NewPassword(text, email: email) }
        #expect(!problem.advice.isEmpty)
    }

    @Test(arguments: ["correct horse battery", "8 chars!", "пароль с пробелами", String(repeating: "xyz", count: 341)])
    func `length is what counts`(text: String) throws {
        let email = try #require(EmailAddress("ada@example.com"))
        #expect(try NewPassword(text, email: email).text == text)
    }
}
