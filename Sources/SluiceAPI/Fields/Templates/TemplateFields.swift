import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `postTemplate`, `postTemplates` and the mutations of templates. Their payloads have no error of their own, so every refusal
/// stands in `errors`.
struct TemplateFields: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        registerQueries(in: &resolvers)
        registerMutations(in: &resolvers)
        Connection.register("PostTemplatesConnection", edge: "PostTemplateEdge", countsAll: true, in: &resolvers)
        resolvers.object(Visible<PostTemplate>.self, "PostTemplate") { template in
            template.field("id") { $0.id.text }
            template.field("body") { $0.body }
            template.field("description") { $0.description }
            template.field("emoji") { $0.emoji }
            template.field("organizationId") { $0.organization.text }
            template.field("title") { $0.title }
            template.field("visibility") { $0.visibility.rawValue }
            template.field("createdAt") { Timestamp.text($0.createdAt) }
            template.field("updatedAt") { Timestamp.text($0.updatedAt) }
        }
        for type in ["CreatePostTemplateSuccess", "UpdatePostTemplateSuccess"] {
            resolvers.object(Visible<PostTemplate>.self, type) { $0.field("postTemplate") { FieldValue.object($0) } }
        }
        resolvers.object(EmptySuccess.self, "EmptySuccess") { $0.field("_empty") { _ in "" } }
    }

    private func registerQueries(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Query", "postTemplate") { request in
            FieldValue.object(try await access.template(InputObject(of: request).text("id"), for: request.context))
        }
        resolvers.resolveAsync("Query", "postTemplates") { request in
            let input = InputObject(of: request)
            let page = try PageRequest(request.arguments)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            let templates = try await posting.templates.list(
                of: organization.thing, visibleTo: organization.viewer.account,
                visibility: input.object("filter")?.value("visibility"), page: page)
            return FieldValue.object(Connection(templates, of: organization))
        }
    }

    private func registerMutations(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Mutation", "createPostTemplate") { request in
            let input = InputObject(of: request)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            let draft = TemplateDraft(input, in: organization.thing, by: organization.viewer.account)
            let template = try await posting.templates.create(draft)
            return FieldValue.object(organization.beside(template), as: "CreatePostTemplateSuccess")
        }
        resolvers.resolveAsync("Mutation", "updatePostTemplate") { request in
            let input = InputObject(of: request)
            let template = try await access.template(input.text("id"), for: request.context)
            guard template.viewer.mayChange(template.thing) else { throw Forbidden.role }
            let changed = try await posting.templates.update(
                template.id, by: template.viewer.account, TemplateEdit(input))
            return FieldValue.object(template.beside(changed), as: "UpdatePostTemplateSuccess")
        }
        resolvers.resolveAsync("Mutation", "deletePostTemplate") { request in
            let template = try await access.template(InputObject(of: request).text("id"), for: request.context)
            guard template.viewer.mayChange(template.thing) else { throw Forbidden.role }
            try await posting.templates.delete(template.id, by: template.viewer.account)
            return FieldValue.object(EmptySuccess(), as: "EmptySuccess")
        }
    }
}

private struct EmptySuccess: Sendable {}
