/// The templates of organizations. Who belongs to an organization is the caller's to ask; what is private, this knows.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Templates: Sendable {
    private let store: any PostingStore
    private let limits: PostingLimits
    private let environment: PostingEnvironment

    init(store: any PostingStore, limits: PostingLimits, environment: PostingEnvironment) {
        self.store = store
        self.limits = limits
        self.environment = environment
    }

    /// Keeps a template.
    public func create(_ draft: TemplateDraft) async throws -> PostTemplate {
        let now = environment.moment
        let template = PostTemplate(
            id: TemplateID(random: environment.random), organization: draft.organization, author: draft.author,
            title: draft.title, body: draft.body, description: draft.description, emoji: draft.emoji,
            visibility: draft.visibility, createdAt: now, updatedAt: now)
        let complaints = TemplateRules.complaints(about: template)
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        guard try await store.insert(template, limit: limits.templates) else {
            throw PostingError.limitReached(
                "The organization has \(limits.templates) templates, which is as many as it may, or does not exist")
        }
        return template
    }

    /// Changes a template. Another's private one is not found.
    public func update(_ id: TemplateID, by editor: AccountReference, _ edit: TemplateEdit) async throws -> PostTemplate {
        let now = environment.moment
        let template = try await store.updateTemplate(id) { template in
            guard template.isVisible(to: editor) else { throw PostingError.notFound("Template") }
            if edit.visibility == .private, template.author != editor {
                throw PostingError.conflict("Only its author can make a template private")
            }
            template.title = edit.title ?? template.title
            template.body = edit.body ?? template.body
            template.description = edit.description ?? template.description
            template.emoji = edit.emoji ?? template.emoji
            template.visibility = edit.visibility ?? template.visibility
            template.updatedAt = now
            let complaints = TemplateRules.complaints(about: template)
            guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        }
        guard let template else { throw PostingError.notFound("Template") }
        return template
    }

    /// Deletes a template. Another's private one is not found.
    public func delete(_ id: TemplateID, by editor: AccountReference) async throws {
        guard try await store.deleteTemplate(id, visibleTo: editor) else { throw PostingError.notFound("Template") }
    }

    /// The template; `nil` if there is none. Whether somebody may see it, ``PostTemplate/isVisible(to:)`` says.
    public func template(_ id: TemplateID) async throws -> PostTemplate? { try await store.template(id) }

    /// The templates that `reader` may see, newest first, with how many there are.
    public func list(
        of organization: OrganizationReference, visibleTo reader: AccountReference, visibility: TemplateVisibility? = nil,
        page: PageRequest = PageRequest()
    ) async throws -> Page<PostTemplate> {
        try await store.templates(of: organization, visibleTo: reader, visibility: visibility, page)
    }
}
