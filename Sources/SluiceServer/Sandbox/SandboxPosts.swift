import Foundation
import SluicePosting

/// What a sandbox posts, as its overview shows it: the channels, the next posts and the last that went out.
struct SandboxPosts: Sendable {
    /// How many posts are shown.
    private static let limit = 10

    let channels: [SluicePosting.Channel]
    /// The next first.
    let upcoming: [Post]
    /// The last first.
    let outbox: [OutboxDelivery]

    init(_ world: SandboxChannels) async throws {
        channels = try await world.all()
        var upcoming: [Post] = []
        var outbox: [OutboxDelivery] = []
        let page = PageRequest(limit: Self.limit)
        for organization in world.names.organizations {
            var query = PostQuery(organization: organization.id, sort: [.init(key: .dueAt, isAscending: true)])
            query.statuses = [.scheduled]
            upcoming += try await world.posting.posts.list(query, page).elements
            outbox += try await world.posting.outbox.list(of: organization.id, page: page).elements
        }
        upcoming.sort { ($0.dueAt ?? .distantFuture) < ($1.dueAt ?? .distantFuture) }
        outbox.sort { $0.sentAt > $1.sentAt }
        self.upcoming = Array(upcoming.prefix(Self.limit))
        self.outbox = Array(outbox.prefix(Self.limit))
    }

    /// What the channel is called.
    func name(of id: ChannelID) -> String { channels.first { $0.id == id }?.shownName ?? id.text }
}
