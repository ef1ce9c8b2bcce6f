import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// A fresh id.
func freshID<Kind>() -> EntityID<Kind> {
    var generator = SystemRandomNumberGenerator()
    return EntityID { generator.next() }
}

/// A store with an account, its organization and one channel of that, and short words to make more.
struct PostingWorld: Sendable {
    let store: any WholeStore
    let owner: Account
    let organization: OrganizationReference
    let channel: Channel

    init(_ engine: any PostingContractEngine) async throws { try await self.init(engine.emptyWhole()) }

    init(_ store: any WholeStore) async throws {
        self.store = store
        owner = try await World.makeAccount("ada", in: store)
        organization = try await Self.organization(of: owner, in: store)
        channel = try await Self.makeChannel(of: organization, in: store)
    }

    /// Another account's organization.
    func makeOrganization(_ local: String) async throws -> OrganizationReference {
        try await Self.organization(of: World.makeAccount(local, in: store), in: store)
    }

    private static func organization(of account: Account, in store: any WholeStore) async throws -> OrganizationReference {
        let organization = try #require(await store.organizations(of: account.id).first)
        return try #require(OrganizationReference(organization.id.text))
    }

    /// Deletes the organization as its operator would.
    func deleteOrganization() async throws {
        let id = try #require(OrganizationID(organization.text))
        let problem = try await store.delete(id, Warrant(.commandLine, may: \.canDelete), audit: event(.organizationDeleted))
        #expect(problem == nil)
    }

    // MARK: Channels

    static func sampleChannel(of organization: OrganizationReference, at moment: Date = dawn) -> Channel {
        let id: ChannelID = freshID()
        return Channel(
            id: id, organization: organization, service: .mastodon, type: .profile, serviceID: "at-\(id.text)",
            name: "@ada", displayName: nil, timeZone: "Europe/Berlin", schedule: .standard, isQueuePaused: false, isLocked: false,
            isDisconnected: false, externalLink: nil, avatarURL: nil, facts: ChannelFacts(), postingGoal: nil, publisher: .outbox,
            createdAt: moment, updatedAt: moment)
    }

    static func makeChannel(
        of organization: OrganizationReference, at moment: Date = dawn, in store: any WholeStore
    ) async throws -> Channel {
        let channel = sampleChannel(of: organization, at: moment)
        #expect(try await store.insert(channel, limit: 1_000) == .inserted)
        return channel
    }

    func makeChannel(of organization: OrganizationReference? = nil, at moment: Date = dawn) async throws -> Channel {
        try await Self.makeChannel(of: organization ?? self.organization, at: moment, in: store)
    }

    /// Changes the channel in a step.
    func change(_ id: ChannelID? = nil, _ edit: @escaping @Sendable (inout Channel) -> Void) async throws {
        try await store.change(id ?? channel.id) { ledger in
            var channel = ledger.channel
            edit(&channel)
            try ledger.update(channel)
        }
    }

    // MARK: Posts

    /// Scheduled for the moment its writer chose, unless told otherwise.
    func samplePost(
        on channel: Channel? = nil, _ status: PostStatus = .scheduled, dueAt: Date? = at(60), mode: ShareMode = .customScheduled,
        createdAt: Date = dawn
    ) -> Post {
        let channel = channel ?? self.channel
        var post = Post(
            id: freshID(), channelID: channel.id, organization: channel.organization, service: channel.service,
            author: AccountReference(owner.id.text), text: "Hello", assets: [], metadata: nil, status: status, dueAt: dueAt,
            shareMode: mode, schedulingType: .automatic, via: .api, createdAt: createdAt)
        if status == .sent { post.sentAt = dueAt }
        return post
    }

    /// Keeps a post.
    @discardableResult
    func add(_ post: Post) async throws -> Post {
        try await store.change(post.channelID) { try $0.insert(post) }
        return post
    }

    /// Replaces a post.
    func update(_ post: Post) async throws { try await store.change(post.channelID) { try $0.update(post) } }

    /// Keeps a post that is due at a moment.
    func makePost(
        on channel: Channel? = nil, _ status: PostStatus = .scheduled, dueAt: Date? = at(60), mode: ShareMode = .customScheduled,
        createdAt: Date = dawn
    ) async throws -> Post {
        try await add(samplePost(on: channel, status, dueAt: dueAt, mode: mode, createdAt: createdAt))
    }

    /// Takes what is due, for a minute.
    func claim(at moment: Date, limit: Int = 50) async throws -> [Claim] {
        try await store.claimDue(at: moment, leaseEnds: moment.addingTimeInterval(60), limit: limit)
    }

    /// A post that was claimed and went out.
    func sendPost(on channel: Channel? = nil, at moment: Date, _ metrics: [PostMetric] = []) async throws -> Post {
        let post = try await makePost(on: channel, dueAt: moment)
        let claim = try #require(await claim(at: moment).first { $0.post.id == post.id })
        #expect(try await store.finish(claim, .sent(externalLink: nil, metrics: metrics), at: moment))
        return try #require(await store.post(post.id))
    }

    // MARK: What belongs to posts

    func sampleTag(_ word: String, of organization: OrganizationReference? = nil) -> SluicePosting.Tag {
        SluicePosting.Tag(
            id: freshID(), organization: organization ?? self.organization, name: word, color: .blue, createdAt: dawn)
    }

    @discardableResult
    func makeTag(_ word: String, of organization: OrganizationReference? = nil) async throws -> SluicePosting.Tag {
        let tag = sampleTag(word, of: organization)
        #expect(try await store.insert(tag, limit: 1_000) == .inserted)
        return tag
    }

    func sampleNote(on post: PostID, at moment: Date = dawn) -> Note {
        Note(id: freshID(), postID: post, author: AccountReference(owner.id.text), text: "Nice", createdAt: moment)
    }
}
