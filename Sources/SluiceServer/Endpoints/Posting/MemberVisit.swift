import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// A visit to an organization's pages by one of its members. It cannot be made without a membership that allows it.
struct MemberVisit: Sendable {
    let visitor: SignedInVisit
    let organization: Organization
    let role: Membership.Role
    /// The organization as posting knows it.
    let reference: OrganizationReference

    var visit: Visit { visitor.visit }

    /// - Parameter permission: What the visitor's role has to allow.
    /// - Throws: `OrganizationProblem`: `.notFound` also for those who are no members.
    init(
        _ visitor: SignedInVisit, _ site: Site, may permission: any KeyPath<Membership.Role, Bool> & Sendable
    ) async throws {
        let id: OrganizationID = try visitor.visit.id()
        let membership = try await site.authority.organizations.require(visitor.account.id, in: id, may: permission)
        guard let organization = try await site.authority.organizations.organization(id),
            let reference = OrganizationReference(id.text)
        else { throw OrganizationProblem.notFound }
        self.visitor = visitor
        self.organization = organization
        self.reference = reference
        role = membership.role
    }

    /// The channel that the path names, if it is the organization's.
    func channel(_ posting: Posting) async throws -> Channel {
        guard let text = visit.context.parameters.get("channel"), let id = ChannelID(text),
            let channel = try await posting.channels.channel(id), channel.organization == reference
        else { throw Problem.notFound }
        return channel
    }

    /// The post that the path names, if it is the organization's.
    func post(_ posting: Posting) async throws -> Post {
        guard let text = visit.context.parameters.get("post"), let id = PostID(text),
            let post = try await posting.posts.post(id), post.organization == reference
        else { throw Problem.notFound }
        return post
    }

    /// Where the organization's pages begin, below the origin's prefix.
    var path: String { "/settings/organizations/\(organization.id)" }

    /// The links on top of the pages about all channels.
    func place(_ part: ChannelPlace.Part) -> ChannelPlace {
        ChannelPlace(organizationID: organization.id.text, organizationName: organization.name.text, part: part)
    }

    /// The heading and the links on top of the pages about one channel.
    func head(_ channel: Channel, _ part: ChannelHead.Part) -> ChannelHead {
        ChannelHead(
            organizationID: organization.id.text, organizationName: organization.name.text, id: channel.id.text,
            name: channel.shownName, descriptor: channel.descriptor, isPaused: channel.isQueuePaused,
            isLocked: channel.isLocked, isDisconnected: channel.isDisconnected, part: part)
    }
}

extension Channel {
    /// What people call it.
    var shownName: String { displayName ?? name }
}
