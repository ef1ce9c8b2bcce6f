import SluiceAuthority
import SluicePosting
import SluiceServer

/// Fills an organization with what a fixture says, by the steps that its members and the API take.
struct OrganizationSeeder: Sendable {
    let authority: Authority
    let posting: Posting
    let clock: SandboxClock
    /// Everybody.
    let accounts: [Account]

    /// What was made so far, by the names of the fixture.
    private struct Named {
        let organization: OrganizationReference
        let owner: AccountReference
        var channels: [Channel] = []
        var tags: [String: TagID] = [:]
        var groups: [String: IdeaGroupID] = [:]

        func tags(_ names: [String]) -> [TagID] { names.compactMap { tags[$0] } }
    }

    /// - Returns: Its channels, as they are in the end.
    func fill(_ organization: Organization, with fixture: Fixture.Organization) async throws -> [Channel] {
        guard let id = OrganizationReference(organization.id.text), let owner = AccountReference(organization.ownerID.text)
        else { throw fixture.place.failure("Its id is none.") }
        for member in fixture.members { try await add(member, to: organization) }
        var named = Named(organization: id, owner: owner)
        for channel in fixture.channels {
            named.channels.append(try await channel.place.during { try await posting.channels.add(channel.draft, to: id) })
        }
        for tag in fixture.tags {
            named.tags[tag.name] = try await tag.place.during {
                try await posting.tags.add(named: tag.name, color: tag.color, to: id).id
            }
        }
        for group in fixture.ideaGroups {
            named.groups[group.name] = try await group.place.during {
                try await posting.ideas.addGroup(named: group.name, to: id).id
            }
        }
        // New ones come first, so that the last that is made is the first of the list: as the fixture has them.
        for idea in fixture.ideas.reversed() { try await add(idea, named) }
        for template in fixture.templates.reversed() { try await add(template, named) }
        // Those that are out already first: nothing else is due while they go.
        for post in fixture.posts where post.isOut { try await add(post, named) }
        for post in fixture.posts where !post.isOut { try await add(post, named) }
        return try await hold(fixture.channels, named)
    }

    private func add(_ member: Fixture.Member, to organization: Organization) async throws {
        guard let account = accounts.first(where: { $0.email == member.email }) else {
            throw member.place.failure("There is no such account.")
        }
        try await member.place.during {
            let invited = try await authority.organizations.invite(
                member.email.text, to: organization.id, as: member.role, by: .account(organization.ownerID), trace: .sandbox)
            _ = try await authority.organizations.accept(invited.secret, by: account.id, trace: .sandbox)
        }
    }

    private func add(_ idea: Fixture.Idea, _ named: Named) async throws {
        var content = IdeaContent(title: idea.title, text: idea.text)
        content.tagIDs = named.tags(idea.tags).map(\.text)
        content.services = idea.services
        let draft = IdeaDraft(
            organization: named.organization, content: content, groupID: idea.group.flatMap { named.groups[$0] })
        _ = try await idea.place.during { try await posting.ideas.create(draft) }
    }

    private func add(_ template: Fixture.Template, _ named: Named) async throws {
        let draft = TemplateDraft(
            organization: named.organization, author: named.owner, title: template.title, body: template.body,
            description: template.description, emoji: template.emoji, visibility: template.visibility)
        _ = try await template.place.during { try await posting.templates.create(draft) }
    }

    private func add(_ post: Fixture.Post, _ named: Named) async throws {
        let channel = named.channels[post.channel]
        var draft = PostDraft(
            channelID: channel.id, author: named.owner, text: post.text, mode: post.isOut ? .shareNow : post.mode)
        draft.dueAt = post.due?.date(from: clock.now)
        draft.assets = post.images.map { .image(Asset.Image(url: $0)) }
        draft.metadata = metadata(post, for: channel.service)
        draft.tagIDs = named.tags(post.tags)
        draft.isDraft = post.status == .draft
        draft.needsApproval = post.status == .needsApproval
        let ready = draft
        try await post.place.during {
            if post.status == .error {
                try await posting.outbox.fail(
                    next: 1, of: channel.id, with: PublishingError(message: "The network refused this post."))
            }
            let made = try await posting.posts.create(ready)
            if post.isOut { await posting.scheduler.runDue() }
            if !post.metrics.isEmpty { try await posting.posts.setMetrics(post.metrics, of: made.id) }
        }
    }

    /// What a service with several kinds of post asks for.
    private func metadata(_ post: Fixture.Post, for service: Service) -> PostMetadata? {
        switch service {
        case .instagram: .instagram(.init(type: post.type ?? .post, shouldShareToFeed: true))
        case .facebook: .facebook(.init(type: post.type ?? .post))
        default: nil
        }
    }

    /// At last: what is held would take no posts, or send none.
    private func hold(_ fixtures: [Fixture.Channel], _ named: Named) async throws -> [Channel] {
        var held: [Channel] = []
        for (fixture, channel) in zip(fixtures, named.channels) {
            var channel = channel
            if fixture.isQueuePaused {
                channel = try await posting.channels.setQueuePaused(true, of: channel.id, of: named.organization)
            }
            if fixture.isLocked || fixture.isDisconnected {
                channel = try await posting.channels.edit(
                    channel.id, of: named.organization,
                    ChannelEdit(isLocked: fixture.isLocked, isDisconnected: fixture.isDisconnected))
            }
            held.append(channel)
        }
        return held
    }
}
