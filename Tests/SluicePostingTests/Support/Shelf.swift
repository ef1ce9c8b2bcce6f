import Foundation

@testable import SluicePosting

/// A store over dictionaries, for tests of the rules. It keeps its promises as a database would: a step that throws leaves
/// nothing behind, and a claim belongs to one attempt.
actor Shelf: PostingStore {
    struct Contents {
        var organizations: Set<OrganizationReference> = []
        var channels: [ChannelID: Channel] = [:]
        var posts: [PostID: Post] = [:]
        var claims: [PostID: (attempt: Int, leaseEnds: Date, of: Post)] = [:]
        var notBefore: [PostID: Date] = [:]
        var tags: [TagID: Tag] = [:]
        var ideas: [IdeaID: Idea] = [:]
        var groups: [IdeaGroupID: IdeaGroup] = [:]
        var notes: [NoteID: Note] = [:]
        var templates: [TemplateID: PostTemplate] = [:]
        var deliveries: [OutboxDelivery] = []
        var faults: [ChannelID: (error: PublishingError, count: Int)] = [:]
    }

    var contents = Contents()
    /// Thrown by the next claims and finishes: a database that is away.
    var fault: (any Error)?

    init(organizations: Set<OrganizationReference>) { contents.organizations = organizations }

    func breakDown(_ fault: (any Error)?) { self.fault = fault }

    static func page<Element: Sendable>(_ all: [Element], _ page: PageRequest) -> Page<Element> {
        let start = page.after.flatMap(Int.init).map { $0 + 1 } ?? 0
        let entries = all.indices.dropFirst(start).prefix(page.limit).map { Page.Entry(element: all[$0], cursor: "\($0)") }
        return Page(entries: Array(entries), hasNext: start + page.limit < all.count, total: all.count)
    }
}

// MARK: Channels

extension Shelf {
    func insert(_ channel: Channel, limit: Int) -> ChannelInsertion {
        guard contents.organizations.contains(channel.organization) else { return .unknownOrganization }
        let own = contents.channels.values.filter { $0.organization == channel.organization }
        guard !own.contains(where: { $0.service == channel.service && $0.serviceID == channel.serviceID }) else { return .taken }
        guard own.count < limit else { return .full }
        contents.channels[channel.id] = channel
        return .inserted
    }

    func channel(_ id: ChannelID) -> Channel? { contents.channels[id] }
    func channels(_ ids: [ChannelID]) -> [Channel] { ids.compactMap { contents.channels[$0] } }

    func channels(of organization: OrganizationReference) -> [Channel] {
        contents.channels.values.filter { $0.organization == organization }.sorted {
            ($0.createdAt, $0.id) < ($1.createdAt, $1.id)
        }
    }

    func channelCounts(of organizations: [OrganizationReference]) -> [OrganizationReference: Int] {
        Dictionary(grouping: contents.channels.values, by: \.organization).filter { organizations.contains($0.key) }.mapValues(
            \.count)
    }

    func delete(_ id: ChannelID, of organization: OrganizationReference) -> Bool {
        guard contents.channels[id]?.organization == organization else { return false }
        contents.channels[id] = nil
        contents.posts = contents.posts.filter { $0.value.channelID != id }
        return true
    }
}

// MARK: Tags, ideas, notes, templates, outbox

extension Shelf {
    func insert(_ tag: Tag, limit: Int) -> TagInsertion {
        guard contents.organizations.contains(tag.organization) else { return .unknownOrganization }
        let own = tags(of: tag.organization)
        guard !own.contains(where: { $0.name.lowercased() == tag.name.lowercased() }) else { return .taken }
        guard own.count < limit else { return .full }
        contents.tags[tag.id] = tag
        return .inserted
    }

    func update(_ tag: Tag) -> Bool {
        guard contents.tags[tag.id]?.organization == tag.organization,
            !tags(of: tag.organization).contains(where: { $0.id != tag.id && $0.name.lowercased() == tag.name.lowercased() })
        else { return false }
        contents.tags[tag.id] = tag
        return true
    }

    func delete(_ id: TagID, of organization: OrganizationReference) -> Bool {
        guard contents.tags[id]?.organization == organization else { return false }
        contents.tags[id] = nil
        for post in contents.posts.keys { contents.posts[post]?.tagIDs.removeAll { $0 == id } }
        return true
    }

    func tags(of organization: OrganizationReference) -> [Tag] {
        contents.tags.values.filter { $0.organization == organization }.sorted { $0.name < $1.name }
    }

    func tags(_ ids: [TagID]) -> [Tag] { ids.compactMap { contents.tags[$0] } }

    func insert(_ idea: Idea, behind: IdeaID?, limit: Int) -> IdeaInsertion {
        guard contents.organizations.contains(idea.organization) else { return .unknownOrganization }
        if let group = idea.groupID, contents.groups[group]?.organization != idea.organization { return .unknownGroup }
        let tags = idea.content.tagIDs.map { TagID($0).flatMap { contents.tags[$0] } }
        guard tags.allSatisfy({ $0?.organization == idea.organization }) else { return .unknownTag }
        guard contents.ideas.values.count(where: { $0.organization == idea.organization }) < limit else { return .full }
        var kept = idea
        kept.position = behind.flatMap { contents.ideas[$0]?.position }.map { $0 + 1 } ?? 0
        contents.ideas[idea.id] = kept
        return .inserted(kept)
    }

    func idea(_ id: IdeaID) -> Idea? { contents.ideas[id] }

    func ideas(_ query: IdeaQuery, _ page: PageRequest) -> Page<Idea> {
        let found = contents.ideas.values.filter { idea in
            guard idea.organization == query.organization else { return false }
            return switch query.groups {
            case .groups(let groups): idea.groupID.map(groups.contains) ?? false
            case .grouped: idea.groupID != nil
            case .ungrouped: idea.groupID == nil
            case nil: true
            }
        }
        return Self.page(found.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }, page)
    }

    func insert(_ group: IdeaGroup, limit: Int) -> Bool {
        guard contents.organizations.contains(group.organization), ideaGroups(of: group.organization).count < limit else {
            return false
        }
        contents.groups[group.id] = group
        return true
    }

    func ideaGroups(of organization: OrganizationReference) -> [IdeaGroup] {
        contents.groups.values.filter { $0.organization == organization }.sorted { $0.id < $1.id }
    }

    func deleteIdeaGroup(_ id: IdeaGroupID, of organization: OrganizationReference) -> Bool {
        guard contents.groups[id]?.organization == organization else { return false }
        contents.groups[id] = nil
        for idea in contents.ideas.keys where contents.ideas[idea]?.groupID == id { contents.ideas[idea]?.groupID = nil }
        return true
    }

    func insert(_ note: Note, limit: Int) -> Bool {
        guard contents.posts[note.postID] != nil,
            contents.notes.values.count(where: { $0.postID == note.postID }) < limit
        else { return false }
        contents.notes[note.id] = note
        return true
    }

    func deleteNote(_ id: NoteID, of post: PostID) -> Bool {
        guard contents.notes[id]?.postID == post else { return false }
        contents.notes[id] = nil
        return true
    }

    func notes(of posts: [PostID]) -> [PostID: [Note]] {
        let found = contents.notes.values.filter { posts.contains($0.postID) }
        return Dictionary(grouping: found.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }, by: \.postID)
    }

    func insert(_ template: PostTemplate, limit: Int) -> Bool {
        guard contents.organizations.contains(template.organization),
            contents.templates.values.count(where: { $0.organization == template.organization }) < limit
        else { return false }
        contents.templates[template.id] = template
        return true
    }

    func template(_ id: TemplateID) -> PostTemplate? { contents.templates[id] }

    func templates(
        of organization: OrganizationReference, visibleTo reader: AccountReference, visibility: TemplateVisibility?,
        _ page: PageRequest
    ) -> Page<PostTemplate> {
        let found = contents.templates.values.filter {
            $0.organization == organization && ($0.visibility != .private || $0.author == reader)
                && (visibility == nil || $0.visibility == visibility)
        }
        return Self.page(found.sorted { $0.id > $1.id }, page)
    }

    func updateTemplate(
        _ id: TemplateID, _ change: @escaping @Sendable (inout PostTemplate) throws -> Void
    ) throws -> PostTemplate? {
        guard var template = contents.templates[id] else { return nil }
        try change(&template)
        contents.templates[id] = template
        return template
    }

    func deleteTemplate(_ id: TemplateID, visibleTo editor: AccountReference) -> Bool {
        guard contents.templates[id]?.isVisible(to: editor) == true else { return false }
        return contents.templates.removeValue(forKey: id) != nil
    }

    func record(_ delivery: OutboxDelivery) -> PublishingError? {
        if let fault = contents.faults[delivery.channelID] {
            contents.faults[delivery.channelID] = fault.count > 1 ? (fault.error, fault.count - 1) : nil
            return fault.error
        }
        if !contents.deliveries.contains(where: { $0.postID == delivery.postID }) { contents.deliveries.append(delivery) }
        return nil
    }

    func outbox(of organization: OrganizationReference, channel: ChannelID?, _ page: PageRequest) -> Page<OutboxDelivery> {
        let found = contents.deliveries.filter { $0.organization == organization && (channel == nil || $0.channelID == channel) }
        return Self.page(found.reversed(), page)
    }

    func setFault(_ error: PublishingError?, count: Int, of channel: ChannelID) -> Bool {
        guard contents.channels[channel] != nil else { return false }
        contents.faults[channel] = error.map { ($0, count) }
        return true
    }
}
