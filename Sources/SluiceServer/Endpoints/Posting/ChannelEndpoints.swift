import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `/settings/organizations/:id/channels/:channel`: one channel and its switches.
struct ChannelEndpoints: Sendable {
    let site: Site

    private var channels: Channels { site.posting.channels }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let page = try await page(try await member.channel(site.posting), member)
        return try site.show(page, to: member.visit, notice: Notice(member.visit))
    }

    func save(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await change(request, context, done: .channelSaved) { channel, form, member in
            let typed = try ChannelForm(form, for: channel.service, old: channel.facts)
            var page = try await page(channel, member)
            page.fields = typed.fields
            page.fields.show(for: channel.service, all: false)
            page.errors = typed.errors
            guard typed.errors.isEmpty else { return page }
            var edit = ChannelEdit()
            edit.name = typed.fields.name
            edit.displayName = .some(typed.fields.displayName.isEmpty ? nil : typed.fields.displayName)
            edit.timeZone = typed.fields.timeZone
            edit.externalLink = .some(typed.fields.externalLink.isEmpty ? nil : typed.fields.externalLink)
            edit.facts = typed.facts
            do {
                _ = try await channels.edit(channel.id, of: member.reference, edit)
                return nil
            } catch let error as PostingError {
                page.errors = try FormErrors(error)
                return page
            }
        }
    }

    func setSchedule(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await change(request, context, done: .scheduleSaved) { channel, form, member in
            let typed = try ScheduleForm(form)
            var page = try await page(channel, member)
            page.days = typed.days
            page.scheduleErrors = typed.errors
            guard typed.errors.isEmpty else { return page }
            do {
                _ = try await channels.setSchedule(typed.schedule, of: channel.id, of: member.reference)
                return nil
            } catch let error as PostingError {
                page.scheduleErrors = try FormErrors(error)
                return page
            }
        }
    }

    func pause(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await setPaused(true, request, context)
    }

    func resume(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await setPaused(false, request, context)
    }

    func remove(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let member = try await MemberVisit(try visit.signedIn(), site, may: \.canManageChannels)
        try await channels.remove(try await member.channel(site.posting).id, of: member.reference)
        return site.go(to: "\(member.path)/channels?done=\(Notice.channelRemoved.rawValue)", visit)
    }

    private func setPaused(
        _ isPaused: Bool, _ request: Request, _ context: SluiceContext
    ) async throws -> Response {
        try await change(request, context, done: isPaused ? .queuePaused : .queueResumed) { channel, _, member in
            do {
                _ = try await channels.setQueuePaused(isPaused, of: channel.id, of: member.reference)
                return nil
            } catch let error as PostingError {
                var page = try await page(channel, member)
                page.errors = try FormErrors(error)
                return page
            }
        }
    }

    /// What all changes share: the form, who may, and where it goes on.
    /// - Parameter step: Makes the change, or returns the page that says why not.
    private func change(
        _ request: Request, _ context: SluiceContext, done notice: Notice,
        _ step: (Channel, SluiceOAuth.Parameters, MemberVisit) async throws -> ChannelPage?
    ) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let member = try await MemberVisit(try visit.signedIn(), site, may: \.canManageChannels)
        let channel = try await member.channel(site.posting)
        if let page = try await step(channel, form, member) {
            return try site.show(page, to: visit, status: .badRequest)
        }
        return site.go(to: "\(member.path)/channels/\(channel.id)?done=\(notice.rawValue)", visit)
    }

    private func page(_ channel: Channel, _ member: MemberVisit) async throws -> ChannelPage {
        let posts = site.posting.posts
        async let next = site.posting.next(of: channel)
        async let waiting = posts.list(site.posting.query(channel, [.scheduled, .sending]), PageRequest(limit: 100))
        async let failed = posts.list(site.posting.query(channel, [.error]), PageRequest(limit: 100))
        return ChannelPage(
            head: member.head(channel, .channel), created: Moment(channel.createdAt), timeZone: channel.timeZone,
            externalLink: channel.externalLink.flatMap(WebLink.init), waiting: Self.words(try await waiting) ?? "No posts",
            next: try await next, failures: Self.words(try await failed).map { "\($0) did not go out." },
            canManage: member.role.canManageChannels, days: ScheduleForm.days(channel.schedule),
            fields: ChannelFields(channel))
    }

    /// How many posts there are, in words; `nil` if there are none.
    private static func words(_ page: SluicePosting.Page<Post>) -> String? {
        switch page.entries.count {
        case 0: nil
        case 1: "1 post"
        default: page.hasNext ? "More than \(page.entries.count) posts" : "\(page.entries.count) posts"
        }
    }
}
