/// Where channels are kept. Every engine passes `ChannelStoreContract`.
public protocol ChannelStore: Sendable {
    /// Keeps a new channel.
    /// - Parameter limit: How many channels the organization may have with this one.
    /// - Returns: What became of it; nothing was kept unless `.inserted`.
    func insert(_ channel: Channel, limit: Int) async throws -> ChannelInsertion

    /// The channel; `nil` if there is none.
    func channel(_ id: ChannelID) async throws -> Channel?

    /// Those of the channels that exist, in no order; at most 200 ids.
    func channels(_ ids: [ChannelID]) async throws -> [Channel]

    /// The organization's channels, oldest first; at most 200.
    func channels(of organization: OrganizationReference) async throws -> [Channel]

    /// How many channels each of the organizations has; none for one without.
    func channelCounts(of organizations: [OrganizationReference]) async throws -> [OrganizationReference: Int]

    /// Deletes the channel with its posts and what is in the outbox for it.
    /// - Returns: `false` if there is none.
    func delete(_ id: ChannelID, of organization: OrganizationReference) async throws -> Bool
}

/// What became of a new channel.
public enum ChannelInsertion: Sendable, Equatable {
    /// It is kept.
    case inserted
    /// The organization has that account of that service already.
    case taken
    /// The organization has as many channels as it may.
    case full
    /// There is no such organization.
    case unknownOrganization
}
