import Foundation
import Synchronization

@testable import SluicePosting

/// A moment from its ISO 8601 text.
func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

/// A clock that tests set, and ids that count up.
final class Surroundings: Sendable {
    private let clock: Mutex<Date>
    private let count = Mutex<UInt64>(0)
    private let words = Mutex<[String]>([])

    init(now: Date) { clock = Mutex(now) }

    var now: Date {
        get { clock.withLock { $0 } }
        set { clock.withLock { $0 = newValue } }
    }

    /// What was told to the log.
    var reports: [String] { words.withLock { $0 } }

    var environment: PostingEnvironment {
        PostingEnvironment(
            now: { self.now },
            random: {
                self.count.withLock {
                    $0 += 1
                    return $0
                }
            }, report: { report in self.words.withLock { $0.append(report) } })
    }
}

/// An organization with its posts on a shelf, on Tuesday 24 November 2026 at 08:00 UTC.
struct World {
    let surroundings: Surroundings
    let shelf: Shelf
    let posting: Posting
    let organization: OrganizationReference
    let stranger: OrganizationReference
    let author: AccountReference

    init(
        now: String = "2026-11-24T08:00:00Z", limits: PostingLimits = PostingLimits(),
        publishers: [PublisherName: any Publisher] = [:]
    ) throws {
        surroundings = Surroundings(now: try moment(now))
        let environment = surroundings.environment
        organization = OrganizationReference(random: environment.random)
        stranger = OrganizationReference(random: environment.random)
        author = AccountReference(random: environment.random)
        shelf = Shelf(organizations: [organization, stranger])
        posting = Posting(store: shelf, limits: limits, environment: environment, publishers: publishers)
    }

    var now: Date {
        get { surroundings.now }
        nonmutating set { surroundings.now = newValue }
    }

    /// A channel with one time a day, 09:00, unless told otherwise.
    func channel(
        _ service: Service = .bluesky, zone: String = "UTC", times: [String] = ["09:00"], facts: ChannelFacts = ChannelFacts(),
        publisher: PublisherName = .outbox
    ) async throws -> Channel {
        try await posting.channels.add(
            ChannelDraft(
                service: service, name: "somebody", timeZone: zone, schedule: .daily(times.compactMap { TimeOfDay($0) }),
                facts: facts, publisher: publisher), to: organization)
    }

    func draft(
        _ channel: Channel, _ text: String = "Hello", _ mode: ShareMode = .addToQueue, dueAt: Date? = nil,
        assets: [Asset] = [], metadata: PostMetadata? = nil
    ) -> PostDraft {
        var draft = PostDraft(channelID: channel.id, author: author, text: text, mode: mode)
        draft.dueAt = dueAt
        draft.assets = assets
        draft.metadata = metadata
        return draft
    }

    @discardableResult
    func post(
        _ channel: Channel, _ text: String = "Hello", _ mode: ShareMode = .addToQueue, dueAt: Date? = nil
    ) async throws -> Post {
        try await posting.posts.create(draft(channel, text, mode, dueAt: dueAt))
    }

    /// What the queue of a channel says, in the order it goes out, each with its time: `a 25 09:00`.
    func queue(of channel: Channel) async -> [String] {
        let posts = await shelf.contents.posts.values.filter { $0.channelID == channel.id && $0.isQueued }
        return posts.sorted { ($0.dueAt ?? .distantFuture, $0.id) < ($1.dueAt ?? .distantFuture, $1.id) }.map {
            "\($0.text) \($0.dueAt.map(Self.short) ?? "never")"
        }
    }

    static func short(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return "\(text.dropFirst(8).prefix(2)) \(text.dropFirst(11).prefix(5))"
    }

    /// Everything that is kept about posts, to see that nothing changed.
    func posts() async -> [PostID: Post] { await shelf.contents.posts }
}

extension Asset {
    static let picture = Asset.image(Image(url: "https://example.com/a.png"))
    static let film = Asset.video(Video(url: "https://example.com/a.mp4"))
    static let paper = Asset.document(
        Document(url: "https://example.com/a.pdf", title: "Paper", thumbnailURL: "https://example.com/a.png"))
}
