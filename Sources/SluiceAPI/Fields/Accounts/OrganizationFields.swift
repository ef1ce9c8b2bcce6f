import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// An organization and how much of everything it may have.
struct OrganizationFields: Sendable {
    let authority: Authority
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (authority, posting) = (authority, posting)
        resolvers.object(Organization.self, "Organization") { organization in
            organization.field("id") { $0.id.text }
            organization.field("name") { $0.name.text }
            organization.field("ownerEmail") { $0.ownerEmail.text }
            organization.batchField("channelCount") { organizations, _ in
                let ids = organizations.map { OrganizationReference($0.id.text) }
                let counts = try await posting.channels.counts(of: ids.compactMap { $0 })
                return ids.map { id in id.flatMap { counts[$0] } ?? 0 }
            }
            organization.field("limits") { _ in FieldValue.object(posting.limits) }
            organization.field("members") { FieldValue.object($0.id) }
            // A second factor is the business of whoever runs the server, not of an organization.
            organization.field("shouldEnforce2FASetup") { _ in false }
        }
        resolvers.object(OrganizationID.self, "MemberConnection") { members in
            members.batchField("totalCount") { ids, _ in
                let counts = try await authority.organizations.memberCounts(of: ids)
                return ids.map { counts[$0] ?? 0 }
            }
        }
        resolvers.object(PostingLimits.self, "OrganizationLimits") { limits in
            limits.field("channels") { $0.channels }
            limits.field("generateContent") { _ in 0 }  // There is no assistant here.
            limits.field("ideaGroups") { $0.ideaGroups }
            limits.field("ideas") { $0.ideas }
            limits.field("members") { _ in AuthorityLimits.members - 1 }  // Besides the owner.
            limits.field("postTemplates") { $0.templates }
            limits.field("savedReplies") { _ in 0 }  // There are no comments to reply to.
            limits.field("scheduledPosts") { $0.scheduledPosts }
            // Stories and threads have no bounds of their own: they count as posts.
            limits.field("scheduledStoriesPerChannel") { $0.scheduledPosts }
            limits.field("scheduledThreadsPerChannel") { $0.scheduledPosts }
            limits.field("tags") { $0.tags }
        }
    }
}
