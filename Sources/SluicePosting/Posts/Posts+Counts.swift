public import Foundation

extension Posts {
    /// How many posts each channel has on a day, against what its network takes.
    /// - Parameter day: A day of each channel's own calendar; `nil` for its today.
    /// - Returns: One for each channel, in their order.
    public func dailyLimits(of channels: [Channel], on day: CalendarDay?) async throws -> [DailyLimit] {
        let now = environment.moment
        let tallies = try await tallies(of: channels) { channel in
            (day ?? CalendarDay(now, in: channel.zone)).bounds(in: channel.zone)
        }
        return channels.map { channel in
            let tally = tallies[channel.id]?.tally ?? PostTally()
            return DailyLimit(
                channelID: channel.id, limit: channel.service.dailyLimit, scheduled: tally.scheduled, sent: tally.sent)
        }
    }

    /// How many posts each channel has in its present week, from Monday on.
    public func week(of channels: [Channel]) async throws -> [ChannelID: WeekTally] {
        let now = environment.moment
        let tallies = try await tallies(of: channels) { channel in
            let today = CalendarDay(now, in: channel.zone)
            let monday = today.advanced(by: -((today.number + 3) % 7))
            return (monday.bounds(in: channel.zone).start, monday.advanced(by: 7).bounds(in: channel.zone).start)
        }
        return tallies.mapValues {
            WeekTally(start: $0.span.start, end: $0.span.end, scheduled: $0.tally.scheduled, sent: $0.tally.sent)
        }
    }

    /// What the networks counted for the sent posts of a span of at most ``metricsSpanInDays``.
    /// - Parameter channels: Only these; an empty list matches nothing, `nil` is all.
    public func metrics(
        of organization: OrganizationReference, channels: [ChannelID]?, tags: TagFilter?, from start: Date, to end: Date
    ) async throws -> MetricTotals {
        guard start <= end else { throw PostingError.invalid(["The span of the metrics ends before it starts"]) }
        // An hour more: a year of whole days in a zone has one where clocks were put back.
        guard end.timeIntervalSince(start) <= TimeInterval(Self.metricsSpanInDays) * 86_400 + 3_600 else {
            throw PostingError.invalid(["Metrics span at most \(Self.metricsSpanInDays) days"])
        }
        guard channels?.count ?? 0 <= PostQuery.channelLimit, tags?.any.count ?? 0 <= TagFilter.tagLimit else {
            throw PostingError.invalid([
                "At most \(PostQuery.channelLimit) channels and \(TagFilter.tagLimit) tags can be asked for at once"
            ])
        }
        guard channels?.isEmpty != true else { return MetricTotals() }
        return try await store.metricTotals(of: organization, channels: channels, tags: tags, from: start, to: end)
    }

    /// The longest span that metrics are added up over.
    public static let metricsSpanInDays = 365

    /// Replaces what the network counted for a sent post.
    public func setMetrics(_ metrics: [PostMetric], of id: PostID) async throws {
        let kinds = Set(metrics.map(\.kind))
        guard kinds.count == metrics.count else { throw PostingError.invalid(["A metric was given twice"]) }
        guard metrics.allSatisfy({ $0.value.isFinite && $0.value >= 0 }) else {
            throw PostingError.invalid(["A metric is zero or more"])
        }
        guard try await store.post(id) != nil else { throw PostingError.notFound("Post") }
        guard try await store.note(metrics, of: id, at: environment.moment) else {
            throw PostingError.conflict("Metrics are counted for sent posts only")
        }
    }

    /// One question for each span: channels of one zone share theirs.
    private func tallies(
        of channels: [Channel], over span: (Channel) -> (start: Date, end: Date)
    ) async throws -> [ChannelID: (tally: PostTally, span: (start: Date, end: Date))] {
        struct Key: Hashable {
            let start: Date
            let end: Date
        }
        var groups: [Key: [ChannelID]] = [:]
        for channel in channels {
            let (start, end) = span(channel)
            groups[Key(start: start, end: end), default: []].append(channel.id)
        }
        var result: [ChannelID: (tally: PostTally, span: (start: Date, end: Date))] = [:]
        for (key, ids) in groups {
            let counts = try await store.tallies(of: ids, from: key.start, to: key.end)
            for id in ids { result[id] = (counts[id] ?? PostTally(), (key.start, key.end)) }
        }
        return result
    }
}
