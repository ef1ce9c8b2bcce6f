import SluiceAuthority
import SluicePosting

/// Who asks.
struct Caller: Sendable {
    let bearer: Bearer

    var accountID: AccountID { bearer.accountID }
}

/// The caller as a member of the organization that a thing belongs to.
struct Viewer: Sendable {
    /// The caller's account.
    let account: AccountReference
    /// What it may do there.
    let role: Membership.Role
}

/// Something of an organization that the caller is a member of. Holding one is proof that this was checked, and its viewer says what
/// the caller may do with it.
@dynamicMemberLookup
struct Visible<Thing: Sendable>: Sendable {
    let thing: Thing
    let viewer: Viewer

    fileprivate init(_ thing: Thing, to viewer: Viewer) {
        self.thing = thing
        self.viewer = viewer
    }

    /// Something else of the same organization.
    func beside<Other>(_ other: Other) -> Visible<Other> { Visible<Other>(other, to: viewer) }

    subscript<Value>(dynamicMember path: KeyPath<Thing, Value>) -> Value { thing[keyPath: path] }
}

/// Lets callers reach what belongs to their organizations and nothing else. Whether something is another's or was never there makes
/// no difference to the answer, and neither does an id that could not be anybody's.
struct Access: Sendable {
    let authority: Authority
    let posting: Posting

    /// The caller's organization.
    /// - Throws: `PostingError.notFound("Organization")`.
    func organization(_ id: String, for caller: Caller) async throws -> Visible<OrganizationReference> {
        let id = try OrganizationReference(id, named: "Organization")
        guard let viewer = try await viewer(caller, in: id) else { throw PostingError.notFound("Organization") }
        return Visible(id, to: viewer)
    }

    /// A channel of one of the caller's organizations.
    /// - Throws: `PostingError.notFound("Channel")`.
    func channel(_ id: String, for caller: Caller) async throws -> Visible<Channel> {
        guard let channel = try await posting.channels.channel(ChannelID(id, named: "Channel")),
            let viewer = try await viewer(caller, in: channel.organization)
        else { throw PostingError.notFound("Channel") }
        return Visible(channel, to: viewer)
    }

    /// A post of one of the caller's organizations.
    /// - Throws: `PostingError.notFound("Post")`.
    func post(_ id: String, for caller: Caller) async throws -> Visible<Post> {
        guard let post = try await posting.posts.post(PostID(id, named: "Post")),
            let viewer = try await viewer(caller, in: post.organization)
        else { throw PostingError.notFound("Post") }
        return Visible(post, to: viewer)
    }

    /// A template of one of the caller's organizations, private ones only for their author.
    /// - Throws: `PostingError.notFound("Template")`.
    func template(_ id: String, for caller: Caller) async throws -> Visible<PostTemplate> {
        guard let template = try await posting.templates.template(TemplateID(id, named: "Template")),
            let viewer = try await viewer(caller, in: template.organization),
            template.isVisible(to: viewer.account)
        else { throw PostingError.notFound("Template") }
        return Visible(template, to: viewer)
    }

    private func viewer(_ caller: Caller, in organization: OrganizationReference) async throws -> Viewer? {
        // Both are 24 hexadecimal digits, so neither conversion fails.
        guard let id = OrganizationID(organization.text), let account = AccountReference(caller.accountID.text),
            let membership = try await authority.organizations.membership(of: caller.accountID, in: id)
        else { return nil }
        return Viewer(account: account, role: membership.role)
    }
}

extension EntityID {
    /// An id as a client gave it. One that is no id names nothing: it gets the answer of one that is unknown.
    /// - Parameter what: What it should name: `Channel`.
    init(_ text: String, named what: String) throws(PostingError) {
        guard let id = Self(text) else { throw .notFound(what) }
        self = id
    }
}
