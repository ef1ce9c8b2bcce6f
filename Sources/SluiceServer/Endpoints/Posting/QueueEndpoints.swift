import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// A channel's queue, and what can be done with the posts in it.
struct QueueEndpoints: Sendable {
    let site: Site

    /// What a button does with a post, and who may press it.
    enum Step: String, Sendable, CaseIterable {
        case top
        case bottom
        case approve
        case reject
        case retry
        case publish
        case delete
    }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let page = try await page(try await member.channel(site.posting), member)
        return try site.show(page, to: member.visit, notice: Notice(member.visit))
    }

    /// `POST …/posts/:post/<step>`.
    func act(_ step: Step) -> Handler {
        { request, context in
            let visit = try await site.visit(request, context)
            _ = try await site.form(visit)
            let member = try await MemberVisit(try visit.signedIn(), site, may: \.canView)
            let post = try await member.post(site.posting)
            guard let channel = try await site.posting.channels.channel(post.channelID) else { throw Problem.notFound }
            let rights = QueueRights(member, post)
            guard rights.allow(step) else { throw OrganizationProblem.forbidden(member.role) }
            do {
                try await perform(step, on: post, onlyIn: rights.states)
                return site.go(
                    to: "\(member.path)/channels/\(channel.id)/queue?done=\(step.notice.rawValue)", visit)
            } catch let error as PostingError {
                var page = try await page(channel, member)
                page.errors = try FormErrors(error)
                return try site.show(page, to: visit, status: .conflict)
            }
        }
    }

    private func perform(_ step: Step, on post: Post, onlyIn states: Set<PostStatus>?) async throws {
        let posts = site.posting.posts
        switch step {
        case .top: _ = try await posts.move(post.id, to: .top)
        case .bottom: _ = try await posts.move(post.id, to: .bottom)
        case .approve: _ = try await posts.approve(post.id)
        case .reject: _ = try await posts.reject(post.id)
        case .retry: _ = try await posts.retry(post.id)
        case .publish: _ = try await posts.markPublished(post.id)
        case .delete: try await posts.delete(post.id, onlyIn: states)
        }
    }

    private func page(_ channel: Channel, _ member: MemberVisit) async throws -> QueuePage {
        let posts = site.posting.posts
        // The cursor is this page's own; after a step that was refused the list starts over.
        let after = member.visit.request.method == .get ? try member.visit.query().value("after") : nil
        async let upcoming = posts.list(
            site.posting.query(channel, [.scheduled, .sending]), PageRequest(limit: 50, after: after))
        async let waiting = posts.list(site.posting.query(channel, [.needsApproval]), PageRequest(limit: 50))
        async let failed = posts.list(site.posting.query(channel, [.error]), PageRequest(limit: 50))
        async let reminded = reminded(channel)
        let tags = try await site.posting.tags.list(of: member.reference)
        let writer = QueueWriter(
            member: member, zone: channel.zone,
            tags: Dictionary(tags.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
            authors: try await authors(
                try await upcoming.elements + reminded + waiting.elements + failed.elements))
        let next = try await upcoming.hasNext ? try await upcoming.entries.last?.cursor : nil
        return QueuePage(
            head: member.head(channel, .queue), timeZone: channel.timeZone, standstill: channel.standstill,
            canResume: channel.isQueuePaused && member.role.canManageChannels,
            upcoming: try await upcoming.elements.map(writer.line), reminded: try await reminded.map(writer.line),
            waiting: try await waiting.elements.map(writer.line), failed: try await failed.elements.map(writer.line),
            more: next.map { "after=" + PercentEncoding.queryValue($0) })
    }

    /// The posts that a person was reminded of and has not marked as posted, as far as they are among the latest hundred.
    private func reminded(_ channel: Channel) async throws -> [Post] {
        var query = site.posting.query(channel, [.sent])
        query.sort = [PostQuery.Sort(key: .dueAt, isAscending: false)]
        return try await site.posting.posts.list(query, PageRequest(limit: 100)).elements
            .filter { $0.notificationStatus == .notified }
    }

    /// The names of whoever wrote the posts.
    private func authors(_ posts: [Post]) async throws -> [AccountReference: String] {
        var names: [AccountReference: String] = [:]
        for author in Set(posts.compactMap(\.author)) {
            guard let id = AccountID(author.text) else { continue }
            names[author] = try await site.authority.accounts.account(id)?.name.text
        }
        return names
    }
}

extension QueueEndpoints.Step {
    /// What the page says afterwards.
    fileprivate var notice: Notice {
        switch self {
        case .top, .bottom: .postMoved
        case .approve: .postApproved
        case .reject: .postRejected
        case .retry: .postRetried
        case .publish: .postMarked
        case .delete: .postDeleted
        }
    }
}

extension Channel {
    /// Why nothing goes out; `nil` if it does.
    fileprivate var standstill: String? {
        if isDisconnected { return "The network no longer accepts the channel’s credentials." }
        if isLocked { return "The channel is locked: it can be read, not posted to." }
        if isQueuePaused { return "The queue is paused. Posts that are shared at once still go out." }
        return nil
    }
}
