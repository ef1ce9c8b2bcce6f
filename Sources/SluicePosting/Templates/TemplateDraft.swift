/// A template that somebody wants to keep, before any rule was asked.
public struct TemplateDraft: Sendable, Equatable {
    /// Whose it is.
    public var organization: OrganizationReference
    /// Who makes it.
    public var author: AccountReference
    /// What it is called.
    public var title: String
    /// The words that a post begins with.
    public var body: String
    /// What it is for.
    public var description: String
    /// A picture in a character.
    public var emoji: String
    /// Who sees it.
    public var visibility: TemplateVisibility

    /// A template that its author alone sees, unless it says otherwise.
    public init(
        organization: OrganizationReference, author: AccountReference, title: String, body: String, description: String = "",
        emoji: String = "", visibility: TemplateVisibility = .private
    ) {
        self.organization = organization
        self.author = author
        self.title = title
        self.body = body
        self.description = description
        self.emoji = emoji
        self.visibility = visibility
    }
}

/// What somebody wants to change about a template. What is `nil` stays as it is.
public struct TemplateEdit: Sendable, Equatable {
    /// Another title.
    public var title: String?
    /// Other words.
    public var body: String?
    /// Another purpose.
    public var description: String?
    /// Another picture.
    public var emoji: String?
    /// Others to see it.
    public var visibility: TemplateVisibility?

    /// A change of what is given.
    public init(
        title: String? = nil, body: String? = nil, description: String? = nil, emoji: String? = nil,
        visibility: TemplateVisibility? = nil
    ) {
        self.title = title
        self.body = body
        self.description = description
        self.emoji = emoji
        self.visibility = visibility
    }
}
