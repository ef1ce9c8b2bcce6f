public import Foundation

/// Words that posts begin with.
public struct PostTemplate: Sendable, Equatable {
    /// The template's id.
    public let id: TemplateID
    /// Its organization.
    public let organization: OrganizationReference
    /// Who made it, and alone sees it while it is private; `nil` if that account is closed.
    public let author: AccountReference?
    /// 1 to 200 characters.
    public var title: String
    /// 1 to 10,000 characters.
    public var body: String
    /// At most 1,000 characters.
    public var description: String
    /// At most 16 characters.
    public var emoji: String
    /// Who sees it.
    public var visibility: TemplateVisibility
    /// When it was made.
    public let createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date

    /// A template from stored values.
    public init(
        id: TemplateID, organization: OrganizationReference, author: AccountReference?, title: String, body: String,
        description: String, emoji: String, visibility: TemplateVisibility, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.organization = organization
        self.author = author
        self.title = title
        self.body = body
        self.description = description
        self.emoji = emoji
        self.visibility = visibility
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Who sees a template. Raw values are the wire's.
public enum TemplateVisibility: String, Sendable, Hashable, Codable, CaseIterable {
    /// The organization.
    case `internal`
    /// Its author.
    case `private`
    /// The organization, and whoever it is shown to.
    case `public`
}

/// Where templates are kept. Every engine passes `TemplateStoreContract`.
public protocol TemplateStore: Sendable {
    /// Keeps a new template; `false` if the organization is unknown or has `limit` of them.
    func insert(_ template: PostTemplate, limit: Int) async throws -> Bool
    /// The template; `nil` if there is none.
    func template(_ id: TemplateID) async throws -> PostTemplate?
    /// The templates that `reader` may see, newest first, with how many there are.
    func templates(
        of organization: OrganizationReference, visibleTo reader: AccountReference, visibility: TemplateVisibility?,
        _ page: PageRequest
    ) async throws -> Page<PostTemplate>
    /// Changes a template in one step; the closure gets it as it is. `nil` if there is none.
    func updateTemplate(
        _ id: TemplateID, _ change: @escaping @Sendable (inout PostTemplate) throws -> Void
    ) async throws -> PostTemplate?
    /// Deletes a template; `false` if there is none that `editor` may see.
    func deleteTemplate(_ id: TemplateID, visibleTo editor: AccountReference) async throws -> Bool
}
