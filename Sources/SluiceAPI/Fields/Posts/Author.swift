import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// Who wrote a post or a note, as the other members see them.
struct Author: Sendable {
    let id: String
    let avatar: String
    let email: String
    let isDeleted: Bool
    let name: String?

    fileprivate init(_ account: Account) {
        id = account.id.text
        isDeleted = account.state == .closed
        // Whoever left is no longer to be written to.
        email = isDeleted ? "" : account.email.text
        name = isDeleted ? nil : account.name.text
        avatar = isDeleted ? Avatar.ofNobody.dataURL : Avatar(account).dataURL
    }

    private init() {
        id = String(repeating: "0", count: 24)
        (avatar, email, isDeleted, name) = (Avatar.ofNobody.dataURL, "", true, nil)
    }

    /// Whoever wrote a note and is no longer known: the schema wants an author.
    static let gone = Author()

    static func register(in resolvers: inout ResolverRegistry<Caller>) {
        resolvers.object(Author.self, "Author") { author in
            author.field("id") { $0.id }
            author.field("avatar") { $0.avatar }
            author.field("email") { $0.email }
            author.field("isDeleted") { $0.isDeleted }
            author.field("name") { $0.name }
            author.field("urn") { _ in String?.none }
        }
    }
}

extension Authority {
    /// The authors behind references, each asked for once; accounts come from memory where possible.
    func authors(_ references: [AccountReference?]) async throws -> [AccountReference: Author] {
        var authors: [AccountReference: Author] = [:]
        for reference in references.compactMap({ $0 }).uniqued() {
            guard let id = AccountID(reference.text), let account = try await accounts.account(id) else { continue }
            authors[reference] = Author(account)
        }
        return authors
    }
}
