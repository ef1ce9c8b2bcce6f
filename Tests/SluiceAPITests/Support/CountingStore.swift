import Foundation
import SluicePosting

/// How often each method of a store was called.
final class CallCounter: Sendable {
    private let counts = Mutexed<[String: Int]>([:])

    private let faulty = Mutexed<String?>(nil)
    private let overtaking = Mutexed<[String: @Sendable () async throws -> Void]>([:])

    fileprivate func note(_ method: String) async throws {
        counts.change { $0[method, default: 0] += 1 }
        if faulty.value == method { throw Fault() }
        let work = overtaking.value[method]
        overtaking.change { $0[method] = nil }
        try await work?()
    }

    /// Lets something else happen once, in the moment before a method does its work.
    func overtake(_ method: String, _ work: @escaping @Sendable () async throws -> Void) {
        overtaking.change { $0[method] = work }
    }

    /// Makes a method fail from now on.
    func fail(_ method: String) { faulty.change { $0 = method } }

    private struct Fault: Error, CustomStringConvertible {
        let description = "The disk is on fire"
    }

    /// What `work` called, by method.
    func during(_ work: () async throws -> Void) async rethrows -> [String: Int] {
        counts.change { $0 = [:] }
        try await work()
        return counts.value
    }
}

/// A store that does what another does, and counts.
struct CountingStore<Store: PostingStore>: Sendable {
    private let store: Store
    private let counter: CallCounter

    init(_ store: Store, _ counter: CallCounter) { (self.store, self.counter) = (store, counter) }

    private func counted(_ method: String) async throws -> Store {
        try await counter.note(method)
        return store
    }
}

extension CountingStore: ChannelStore {
    func insert(_ channel: Channel, limit: Int) async throws -> ChannelInsertion {
        try await counted("insert channel").insert(channel, limit: limit)
    }
    func channel(_ id: ChannelID) async throws -> Channel? { try await counted("channel").channel(id) }
    func channels(_ ids: [ChannelID]) async throws -> [Channel] { try await counted("channels").channels(ids) }
    func channels(of organization: OrganizationReference) async throws -> [Channel] {
        try await counted("channels of organization").channels(of: organization)
    }
    func channelCounts(of organizations: [OrganizationReference]) async throws -> [OrganizationReference: Int] {
        try await counted("channel counts").channelCounts(of: organizations)
    }
    func delete(_ id: ChannelID, of organization: OrganizationReference) async throws -> Bool {
        try await counted("delete channel").delete(id, of: organization)
    }
}

extension CountingStore: PostStore {
    func post(_ id: PostID) async throws -> Post? { try await counted("post").post(id) }
    func posts(_ query: PostQuery, _ page: PageRequest) async throws -> Page<Post> {
        try await counted("posts").posts(query, page)
    }
    func change<Outcome: Sendable>(
        _ channel: ChannelID, _ step: @escaping @Sendable (any PostLedger) throws -> Outcome
    ) async throws -> Outcome { try await counted("change").change(channel, step) }
    func tallies(of channels: [ChannelID], from start: Date, to end: Date) async throws -> [ChannelID: PostTally] {
        try await counted("tallies").tallies(of: channels, from: start, to: end)
    }
    func claimDue(at now: Date, leaseEnds: Date, limit: Int) async throws -> [Claim] {
        try await counted("claim").claimDue(at: now, leaseEnds: leaseEnds, limit: limit)
    }
    func finish(_ claim: Claim, _ result: PublishingResult, at now: Date) async throws -> Bool {
        try await counted("finish").finish(claim, result, at: now)
    }
    func nextDue() async throws -> Date? { try await counted("next due").nextDue() }
    func note(_ metrics: [PostMetric], of post: PostID, at now: Date) async throws -> Bool {
        try await counted("note metrics").note(metrics, of: post, at: now)
    }
    func metricTotals(
        of organization: OrganizationReference, channels: [ChannelID]?, tags: TagFilter?, from start: Date, to end: Date
    ) async throws -> MetricTotals {
        try await counted("metric totals").metricTotals(of: organization, channels: channels, tags: tags, from: start, to: end)
    }
}

extension CountingStore: OutboxStore {
    func record(_ delivery: OutboxDelivery) async throws -> PublishingError? { try await counted("record").record(delivery) }
    func outbox(
        of organization: OrganizationReference, channel: ChannelID?, _ page: PageRequest
    ) async throws -> Page<OutboxDelivery> {
        try await counted("outbox").outbox(of: organization, channel: channel, page)
    }
    func setFault(_ error: PublishingError?, count: Int, of channel: ChannelID) async throws -> Bool {
        try await counted("set fault").setFault(error, count: count, of: channel)
    }
}

extension CountingStore: IdeaStore {
    func insert(_ idea: Idea, behind: IdeaID?, limit: Int) async throws -> IdeaInsertion {
        try await counted("insert idea").insert(idea, behind: behind, limit: limit)
    }
    func idea(_ id: IdeaID) async throws -> Idea? { try await counted("idea").idea(id) }
    func ideas(_ query: IdeaQuery, _ page: PageRequest) async throws -> Page<Idea> {
        try await counted("ideas").ideas(query, page)
    }
    func insert(_ group: IdeaGroup, limit: Int) async throws -> Bool {
        try await counted("insert group").insert(group, limit: limit)
    }
    func ideaGroups(of organization: OrganizationReference) async throws -> [IdeaGroup] {
        try await counted("groups").ideaGroups(of: organization)
    }
    func deleteIdeaGroup(_ id: IdeaGroupID, of organization: OrganizationReference) async throws -> Bool {
        try await counted("delete group").deleteIdeaGroup(id, of: organization)
    }
}

extension CountingStore: TagStore {
    func insert(_ tag: Tag, limit: Int) async throws -> TagInsertion { try await counted("insert tag").insert(tag, limit: limit) }
    func update(_ tag: Tag) async throws -> Bool { try await counted("update tag").update(tag) }
    func delete(_ id: TagID, of organization: OrganizationReference) async throws -> Bool {
        try await counted("delete tag").delete(id, of: organization)
    }
    func tags(of organization: OrganizationReference) async throws -> [Tag] {
        try await counted("tags of organization").tags(of: organization)
    }
    func tags(_ ids: [TagID]) async throws -> [Tag] { try await counted("tags").tags(ids) }
}

extension CountingStore: NoteStore {
    func insert(_ note: Note, limit: Int) async throws -> Bool { try await counted("insert note").insert(note, limit: limit) }
    func deleteNote(_ id: NoteID, of post: PostID) async throws -> Bool {
        try await counted("delete note").deleteNote(id, of: post)
    }
    func notes(of posts: [PostID]) async throws -> [PostID: [Note]] { try await counted("notes").notes(of: posts) }
}

extension CountingStore: TemplateStore {
    func insert(_ template: PostTemplate, limit: Int) async throws -> Bool {
        try await counted("insert template").insert(template, limit: limit)
    }
    func template(_ id: TemplateID) async throws -> PostTemplate? { try await counted("template").template(id) }
    func templates(
        of organization: OrganizationReference, visibleTo reader: AccountReference, visibility: TemplateVisibility?,
        _ page: PageRequest
    ) async throws -> Page<PostTemplate> {
        try await counted("templates").templates(of: organization, visibleTo: reader, visibility: visibility, page)
    }
    func updateTemplate(
        _ id: TemplateID, _ change: @escaping @Sendable (inout PostTemplate) throws -> Void
    ) async throws -> PostTemplate? { try await counted("update template").updateTemplate(id, change) }
    func deleteTemplate(_ id: TemplateID, visibleTo editor: AccountReference) async throws -> Bool {
        try await counted("delete template").deleteTemplate(id, visibleTo: editor)
    }
}
