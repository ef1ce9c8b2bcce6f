import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// Posts that differ in everything a list filters and sorts by, with many ties, and a list of them beside the store.
struct PostListScene: Sendable {
    let world: PostingWorld
    let channels: [Channel]
    let tags: [TagID]
    var posts: [Post] = []
    var numbers: SeededNumbers

    init(_ engine: any PostingContractEngine, seed: UInt64, count: Int) async throws {
        world = try await PostingWorld(engine)
        let foreign = try await world.makeChannel(of: world.makeOrganization("bob"))
        channels = [world.channel, try await world.makeChannel(), try await world.makeChannel(), foreign]
        var tags: [TagID] = []
        for word in ["a", "b", "c"] { tags.append(try await world.makeTag(word).id) }
        self.tags = tags
        numbers = SeededNumbers(seed: seed)
        for _ in 0..<count { try await grow() }
    }

    /// Adds a post of any kind.
    mutating func grow() async throws {
        let channel = pick(channels)
        let status = pick([PostStatus.draft, .needsApproval, .scheduled, .sent, .sent, .error])
        let hasTime = status == .scheduled || status == .sent || chance(2)
        var post = world.samplePost(
            on: channel, status, dueAt: hasTime ? moment() : nil, mode: pick(ShareMode.allCases), createdAt: moment())
        if channel.organization == world.organization { post.tagIDs = some(tags) }
        posts.append(try await world.add(post))
    }

    /// Deletes a post.
    mutating func shrink() async throws -> PostID? {
        guard let index = posts.indices.randomElement(using: &numbers) else { return nil }
        let post = posts.remove(at: index)
        try await world.store.change(post.channelID) { try $0.delete(post.id) }
        return post.id
    }

    /// Any query that there is.
    mutating func query() -> PostQuery {
        let keys = pick([0, 1, 1, 2, 2, 3, 4])
        var query = PostQuery(
            organization: world.organization,
            sort: (0..<keys).map { _ in PostQuery.Sort(key: pick(PostQuery.SortKey.allCases), isAscending: chance(2)) })
        if chance(3) { query.channelIDs = some(channels).map(\.id) }
        if chance(3) { query.statuses = some(PostStatus.allCases) }
        if chance(4) { query.dueAt = span() }
        if chance(4) { query.createdAt = span() }
        if chance(5) { query.hasDueAt = chance(2) }
        if chance(5) { query.tagIDs = some(tags) }
        if chance(5) { query.tags = TagFilter(any: some(tags), orNone: chance(2)) }
        return query
    }

    /// One time in so many.
    mutating func chance(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &numbers) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &numbers)]
    }

    private mutating func some<Element>(_ elements: [Element]) -> [Element] {
        Array(elements.shuffled(using: &numbers).prefix(Int.random(in: 0...elements.count, using: &numbers)))
    }

    // Few of them, so that ties are the rule.
    private mutating func moment() -> Date { at(Double(Int.random(in: 0..<6, using: &numbers))) }

    private mutating func span() -> PostQuery.Span {
        PostQuery.Span(start: chance(4) ? nil : moment(), end: chance(3) ? nil : moment())
    }
}
