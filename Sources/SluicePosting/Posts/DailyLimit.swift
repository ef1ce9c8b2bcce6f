/// How many posts a channel has on one day.
public struct DailyLimit: Sendable, Equatable {
    /// The channel.
    public let channelID: ChannelID
    /// How many its network takes; `nil` if it does not say.
    public let limit: Int?
    /// On their way.
    public let scheduled: Int
    /// Out.
    public let sent: Int

    /// Counts of a day.
    public init(channelID: ChannelID, limit: Int?, scheduled: Int, sent: Int) {
        self.channelID = channelID
        self.limit = limit
        self.scheduled = scheduled
        self.sent = sent
    }

    /// Whether the network takes no more that day.
    public var isAtLimit: Bool { limit.map { scheduled + sent >= $0 } ?? false }
}
