import Foundation
import SluiceAuthority
import SluicePosting

/// A channel with posts in every state that a page shows.
struct ChannelWorld: Sendable {
    let channel: Channel
    /// Out.
    let sent: Post
    /// Refused by its network.
    let failed: Post
    /// A person was reminded of it.
    let reminded: Post
    /// Waits for approval.
    let waiting: Post
    /// In the queue, in order.
    let queued: [Post]
    let tag: Tag

    /// - Parameter name: What the channel is called, and what the posts say.
    init(_ installation: Installation, of author: Account, itself id: OrganizationID, named name: String) async throws {
        let posting = installation.posting
        guard let organization = OrganizationReference(id.text), let writer = AccountReference(author.id.text) else {
            throw Browser.Missing(what: "references")
        }
        let channel = try await posting.channels.add(
            ChannelDraft(
                service: .mastodon, name: name, displayName: name, timeZone: "Europe/Berlin",
                externalLink: "https://mastodon.social/@ada"), to: organization)
        self.channel = channel
        let tag = try await posting.tags.add(named: String(name.prefix(40)), color: .teal, to: organization)
        self.tag = tag
        func draft(_ mode: ShareMode, _ adjust: (inout PostDraft) -> Void = { _ in }) -> PostDraft {
            var draft = PostDraft(channelID: channel.id, author: writer, text: name, mode: mode)
            draft.assets = [.image(Asset.Image(url: "https://img.example/a.png?%22%3E", altText: name))]
            draft.tagIDs = [tag.id]
            adjust(&draft)
            return draft
        }
        try await posting.outbox.fail(
            next: 1, of: channel.id, with: PublishingError(message: name, rawError: name, supportURL: "https://help.example/"))
        let failed = try await posting.posts.create(draft(.shareNow))
        await posting.scheduler.runDue()
        let sent = try await posting.posts.create(draft(.shareNow))
        let reminded = try await posting.posts.create(draft(.shareNow) { $0.schedulingType = .notification })
        await posting.scheduler.runDue()
        waiting = try await posting.posts.create(draft(.addToQueue) { $0.needsApproval = true })
        var queued: [Post] = []
        for _ in 0..<3 { queued.append(try await posting.posts.create(draft(.addToQueue))) }
        self.queued = queued
        guard let sent = try await posting.posts.post(sent.id), let failed = try await posting.posts.post(failed.id),
            let reminded = try await posting.posts.post(reminded.id)
        else { throw Browser.Missing(what: "posts") }
        self.sent = sent
        self.failed = failed
        self.reminded = reminded
    }
}

extension ChannelWorld {
    /// A route's path in a world of the account's own, in which a form to it does something; `nil` for a route that has nothing to
    /// do with channels.
    static func path(_ template: String, _ installation: Installation, _ account: Account) async throws -> String? {
        let parts = ["/channels", "/posts/", "/tags", "/outbox"]
        guard template.hasPrefix("/settings/organizations/{id}/"), parts.contains(where: template.contains) else { return nil }
        let id = try await installation.organization(of: account).id
        let world = try await ChannelWorld(installation, of: account, itself: id, named: "ada")
        if template.hasSuffix("/resume") {
            _ = try await installation.posting.channels.setQueuePaused(
                true, of: world.channel.id, of: world.channel.organization)
        }
        let post =
            switch template.split(separator: "/").last {
            case "approve", "reject": world.waiting
            case "retry": world.failed
            case "publish": world.reminded
            case "top": world.queued[2]
            default: world.queued[0]
            }
        return template.replacing("{id}", with: id.text).replacing("{channel}", with: world.channel.id.text)
            .replacing("{post}", with: post.id.text).replacing("{tag}", with: world.tag.id.text)
    }
}

extension Installation {
    /// Everything of all organizations that a form about channels can change, as text.
    func everythingPosted() async throws -> [String] {
        var lines: [String] = []
        for organization in try await authority.organizations.list(SliceRequest(limit: 200)).elements {
            guard let reference = OrganizationReference(organization.id.text) else { continue }
            lines += try await posting.channels.list(of: reference).map { "\($0)" }
            lines += try await posting.posts.list(PostQuery(organization: reference), PageRequest(limit: 100)).elements
                .map { "\($0)" }
            lines += try await posting.tags.list(of: reference).map { "\($0)" }
        }
        return lines
    }
}
