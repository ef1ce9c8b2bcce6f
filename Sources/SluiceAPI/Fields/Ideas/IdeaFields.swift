import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `ideas`, `ideaGroups`, `createIdea` and the types they give.
struct IdeaFields: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Query", "ideas") { request in
            let input = InputObject(of: request)
            let page = try PageRequest(request.arguments)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            let query = try IdeaQuery(input, of: organization.thing)
            return FieldValue.object(Connection(try await posting.ideas.list(query, page), of: organization))
        }
        resolvers.resolveAsync("Query", "ideaGroups") { request in
            let organization = try await access.organization(
                InputObject(of: request).text("organizationId"), for: request.context)
            return try await posting.ideas.groups(of: organization.thing).map { FieldValue.object($0) }
        }
        // The union has both `Idea` and `IdeaResponse`, and clients take either. The idea itself has its id at the top, which is how
        // some of them tell success.
        resolvers.resolveAsync("Mutation", "createIdea") { request in
            try await Payload.idea.answer {
                let input = InputObject(of: request)
                let organization = try await access.organization(input.text("organizationId"), for: request.context)
                let idea = try await posting.ideas.create(try IdeaDraft(input, in: organization.thing))
                return .object(organization.beside(idea), as: "Idea")
            }
        }
        Connection.register("IdeasConnection", edge: "IdeaEdge", in: &resolvers)
        resolvers.object(Visible<Idea>.self, "Idea") { idea in
            idea.field("id") { $0.id.text }
            idea.field("content") { FieldValue.object($0.content) }
            idea.field("groupId") { $0.groupID?.text }
            idea.field("organizationId") { $0.organization.text }
            idea.field("position") { $0.position }
            idea.field("createdAt") { Int($0.createdAt.timeIntervalSince1970) }
            idea.field("updatedAt") { Int($0.updatedAt.timeIntervalSince1970) }
        }
        resolvers.object(Visible<Idea>.self, "IdeaResponse") { response in
            response.field("idea") { FieldValue.object($0) }
            response.field("refreshIdeas") { _ in false }
        }
        resolvers.object(IdeaGroup.self, "IdeaGroup") { group in
            group.field("id") { $0.id.text }
            group.field("isLocked") { $0.isLocked }
            group.field("name") { $0.name }
        }
        IdeaContentFields(posting: posting).register(in: &resolvers)
    }
}
