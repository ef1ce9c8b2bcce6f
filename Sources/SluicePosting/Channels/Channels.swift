/// The channels of organizations. Who may do what is the caller's to ask.
///
/// Methods throw ``PostingError`` for whoever asked; any other error is a fault of the store.
public struct Channels: Sendable {
    private let store: any PostingStore
    private let limits: PostingLimits
    private let environment: PostingEnvironment
    /// Called after a change that may have made something due earlier.
    private let wake: @Sendable () -> Void

    init(
        store: any PostingStore, limits: PostingLimits, environment: PostingEnvironment, wake: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.limits = limits
        self.environment = environment
        self.wake = wake
    }

    /// Adds a channel.
    public func add(_ draft: ChannelDraft, to organization: OrganizationReference) async throws -> Channel {
        let now = environment.moment
        let channel = Channel(
            id: draft.id ?? ChannelID(random: environment.random), organization: organization, service: draft.service,
            type: draft.type ?? draft.service.usualType,
            serviceID: draft.serviceID?.trimmed ?? ChannelID(random: environment.random).text, name: draft.name.trimmed,
            displayName: draft.displayName?.trimmed, timeZone: draft.timeZone, schedule: draft.schedule, isQueuePaused: false,
            isLocked: false, isDisconnected: false, externalLink: draft.externalLink, avatarURL: nil,
            facts: draft.facts.completed(for: draft.service), postingGoal: nil, publisher: draft.publisher, createdAt: now,
            updatedAt: now)
        let complaints = ChannelRules.complaints(about: channel)
        guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
        switch try await store.insert(channel, limit: limits.channels) {
        case .inserted: return channel
        case .taken: throw PostingError.conflict("The organization has this \(channel.service.name) account already")
        case .full:
            throw PostingError.limitReached("The organization has \(limits.channels) channels, which is as many as it may")
        case .unknownOrganization: throw PostingError.notFound("Organization")
        }
    }

    /// The channel; `nil` if there is none.
    public func channel(_ id: ChannelID) async throws -> Channel? { try await store.channel(id) }

    /// Those of the channels that exist, in no order.
    public func channels(_ ids: [ChannelID]) async throws -> [Channel] {
        let ids = Array(Set(ids))
        var found: [Channel] = []
        for start in stride(from: 0, to: ids.count, by: 200) {
            found += try await store.channels(Array(ids[start..<min(start + 200, ids.count)]))
        }
        return found
    }

    /// The organization's channels, oldest first.
    public func list(of organization: OrganizationReference) async throws -> [Channel] {
        try await store.channels(of: organization)
    }

    /// How many channels each of the organizations has; none for one without.
    public func counts(of organizations: [OrganizationReference]) async throws -> [OrganizationReference: Int] {
        try await store.channelCounts(of: organizations)
    }

    /// How many channels the organization has.
    public func count(of organization: OrganizationReference) async throws -> Int {
        try await counts(of: [organization])[organization] ?? 0
    }

    /// Changes a channel. In another time zone its queue gets the times of the schedule there; when it may be posted to again,
    /// posts of the queue that missed their time get new ones.
    public func edit(_ id: ChannelID, of organization: OrganizationReference, _ change: ChannelEdit) async throws -> Channel {
        try await self.change(id, of: organization) { channel in
            let hadZone = channel.timeZone
            channel.name = change.name?.trimmed ?? channel.name
            if let name = change.displayName { channel.displayName = name?.trimmed }
            channel.timeZone = change.timeZone ?? channel.timeZone
            channel.isLocked = change.isLocked ?? channel.isLocked
            channel.isDisconnected = change.isDisconnected ?? channel.isDisconnected
            channel.externalLink = change.externalLink ?? channel.externalLink
            channel.facts = change.facts?.completed(for: channel.service) ?? channel.facts
            channel.postingGoal = change.postingGoal ?? channel.postingGoal
            let complaints = ChannelRules.complaints(about: channel)
            guard complaints.isEmpty else { throw PostingError.invalid(complaints) }
            return channel.timeZone != hadZone
        }
    }

    /// Gives a channel another schedule, and the posts of its queue the times of it, in their order. Without times in the
    /// schedule they keep those they have.
    public func setSchedule(
        _ schedule: PostingSchedule, of id: ChannelID, of organization: OrganizationReference
    ) async throws -> Channel {
        try await change(id, of: organization) { channel in
            defer { channel.schedule = schedule }
            return channel.schedule != schedule
        }
    }

    /// Holds the queue of a channel, or lets it go on: posts that missed their time meanwhile get the next ones, in order.
    public func setQueuePaused(
        _ isPaused: Bool, of id: ChannelID, of organization: OrganizationReference
    ) async throws -> Channel {
        try await change(id, of: organization) { channel in
            channel.isQueuePaused = isPaused
            return false
        }
    }

    /// Removes a channel with its posts.
    public func remove(_ id: ChannelID, of organization: OrganizationReference) async throws {
        guard try await store.delete(id, of: organization) else { throw PostingError.notFound("Channel") }
    }

    /// - Parameter edit: Changes the channel and says whether the queue needs other times for it.
    private func change(
        _ id: ChannelID, of organization: OrganizationReference,
        _ edit: @escaping @Sendable (inout Channel) throws -> Bool
    ) async throws -> Channel {
        let (limits, now) = (limits, environment.moment)
        let channel = try await store.change(id) { ledger in
            let step = PostStep(ledger: ledger, limits: limits, now: now)
            return try step.change(of: organization, edit)
        }
        wake()
        return channel
    }
}

extension ChannelFacts {
    /// With what each channel of a service has: the usual server of a federated network.
    fileprivate func completed(for service: Service) -> ChannelFacts {
        var facts = self
        switch service {
        case .mastodon where facts.serverURL == nil: facts.serverURL = "https://mastodon.social"
        case .bluesky where facts.serverURL == nil: facts.serverURL = "https://bsky.social"
        default: break
        }
        return facts
    }
}
