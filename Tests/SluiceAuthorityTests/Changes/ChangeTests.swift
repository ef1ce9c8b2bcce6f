import Testing

@testable import SluiceAuthority

@Suite("Changes")
struct ChangeTests {
    static let subjects: [Change.Subject] = [
        .grant(GrantID(random: .system)), .client(ClientID(random: .system)), .account(AccountID(random: .system)),
        .key(APIKeyID(random: .system)), .accountChanged(AccountID(random: .system)),
        .clientChanged(ClientID(random: .system)), .signingKeys,
    ]

    @Test(arguments: subjects)
    func `the stored columns lead back to the subject`(subject: Change.Subject) {
        let (kind, id) = subject.columns
        #expect(Change.Subject(kind: kind, id: id) == subject)
    }

    @Test(arguments: [("grant", "x"), ("client", ""), ("future_kind", "000000000000000000000001"), ("", "")])
    func `what this version does not know is no subject`(kind: String, id: String) {
        #expect(Change.Subject(kind: kind, id: id) == nil)
    }
}
