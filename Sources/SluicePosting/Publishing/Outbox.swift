/// What the outbox publisher sent, and what it is told to refuse. Who may look is the caller's to ask.
public struct Outbox: Sendable {
    /// How many posts of a channel can be told to fail at once.
    public static let faultLimit = 1_000

    private let store: any PostingStore

    init(store: any PostingStore) { self.store = store }

    /// What is in an organization's outbox, newest first.
    /// - Parameter channel: Only this channel's; `nil` for all.
    public func list(
        of organization: OrganizationReference, channel: ChannelID? = nil, page: PageRequest = PageRequest()
    ) async throws -> Page<OutboxDelivery> {
        try await store.outbox(of: organization, channel: channel, page)
    }

    /// Makes the channel's next `count` posts fail with `error`, as if its network had refused them.
    public func fail(next count: Int, of channel: ChannelID, with error: PublishingError) async throws {
        guard (1...Self.faultLimit).contains(count) else {
            throw PostingError.invalid(["1 to \(Self.faultLimit) posts can be told to fail"])
        }
        guard try await store.setFault(error, count: count, of: channel) else { throw PostingError.notFound("Channel") }
    }

    /// Ends what ``fail(next:of:with:)`` began.
    public func clearFault(of channel: ChannelID) async throws {
        guard try await store.setFault(nil, count: 0, of: channel) else { throw PostingError.notFound("Channel") }
    }
}
