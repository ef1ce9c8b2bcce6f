import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `/settings/channels`, and the list of an organization's channels with the form that adds one.
struct ChannelListEndpoints: Sendable {
    let site: Site

    /// `GET /settings/channels`: on to the channels, if it is plain whose.
    func choose(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let all = try await site.authority.organizations.list(of: visitor.account.id)
        if all.count == 1, let only = all.first {
            return site.go(to: "/settings/organizations/\(only.organization.id)/channels", visitor.visit)
        }
        var organizations: [ChannelOrganizationsPage.Organization] = []
        for entry in all {
            guard let reference = OrganizationReference(entry.organization.id.text) else { continue }
            organizations.append(
                .init(
                    id: entry.organization.id.text, name: entry.organization.name.text,
                    channelCount: try await site.posting.channels.count(of: reference)))
        }
        return try site.show(ChannelOrganizationsPage(organizations: organizations), to: visitor.visit)
    }

    func list(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let all = try await site.posting.channels.list(of: member.reference)
        let part = ListPage(all, after: try member.visit.query().value("after")) { $0.id.text }
        var channels: [ChannelListPage.Channel] = []
        for channel in part.elements { channels.append(try await entry(channel, member)) }
        let page = ChannelListPage(
            place: member.place(.channels), channels: channels, canManage: member.role.canManageChannels,
            more: part.nextQuery("after"))
        return try site.show(page, to: member.visit, notice: Notice(member.visit))
    }

    func new(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canManageChannels)
        var page = newPage(member, service: nil, type: nil)
        page.fields.timeZone = visitor.account.timeZone
        return try site.show(page, to: member.visit)
    }

    func add(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let member = try await MemberVisit(try visit.signedIn(), site, may: \.canManageChannels)
        let service = try form.value("service").flatMap(Service.init)
        let typed = try form.value("type")
        let type = typed.flatMap(ChannelType.init)
        let channel = try ChannelForm(form, for: service)
        var page = newPage(member, service: service, type: type)
        page.fields = channel.fields
        page.errors = channel.errors
        if service == nil { page.errors.add("Choose a network.", at: "service") }
        if typed != nil, type == nil { page.errors.add("Choose one of the kinds.", at: "type") }
        guard page.errors.isEmpty, let service else { return try site.show(page, to: visit, status: .badRequest) }
        var draft = ChannelDraft(service: service, name: channel.fields.name)
        draft.type = type
        draft.displayName = channel.fields.displayName.isEmpty ? nil : channel.fields.displayName
        draft.timeZone = channel.fields.timeZone
        draft.externalLink = channel.fields.externalLink.isEmpty ? nil : channel.fields.externalLink
        draft.facts = channel.facts
        // One account at a network is one channel, so the form's own name in the place of an account's makes one channel of a form
        // that is sent twice.
        draft.serviceID = try form.value("form_id").flatMap { $0.utf8.count == 22 ? $0 : nil }
        do {
            let made = try await site.posting.channels.add(draft, to: member.reference)
            return site.go(to: "\(member.path)/channels/\(made.id)?done=\(Notice.channelAdded.rawValue)", visit)
        } catch PostingError.conflict {
            return site.go(to: "\(member.path)/channels?done=\(Notice.channelAdded.rawValue)", visit)
        } catch let error as PostingError {
            page.errors = try FormErrors(error)
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    private func newPage(_ member: MemberVisit, service: Service?, type: ChannelType?) -> ChannelNewPage {
        ChannelNewPage(
            place: member.place(.channels), formID: site.authority.proofs.formID(),
            services: Service.allCases.map { .init(value: $0.rawValue, name: $0.name, isChosen: $0 == service) },
            kinds: ChannelType.allCases.map { .init(value: $0.rawValue, word: $0.word, isChosen: $0 == type) })
    }

    private func entry(_ channel: Channel, _ member: MemberVisit) async throws -> ChannelListPage.Channel {
        async let next = site.posting.next(of: channel)
        async let failed = site.posting.posts.list(
            site.posting.query(channel, [.error]), PageRequest(limit: 1))
        return ChannelListPage.Channel(
            id: channel.id.text, name: channel.shownName, descriptor: channel.descriptor, timeZone: channel.timeZone,
            schedule: channel.schedule.words, next: try await next, isPaused: channel.isQueuePaused,
            isLocked: channel.isLocked, isDisconnected: channel.isDisconnected,
            hasFailures: try await !failed.entries.isEmpty)
    }
}

extension Posting {
    /// The posts of one channel in some states, those that are due first first.
    func query(_ channel: Channel, _ statuses: [PostStatus]) -> PostQuery {
        var query = PostQuery(
            organization: channel.organization, sort: [PostQuery.Sort(key: .dueAt, isAscending: true)])
        query.channelIDs = [channel.id]
        query.statuses = statuses
        return query
    }

    /// When the channel's next post goes out, on its own clock; `nil` if none waits.
    func next(of channel: Channel) async throws -> ChannelMoment? {
        let posts = try await posts.list(query(channel, [.scheduled]), PageRequest(limit: 1))
        return posts.elements.first?.dueAt.map { ChannelMoment($0, in: channel.zone) }
    }
}
