import SluiceGraphQL
import SluicePosting

/// `dailyPostingLimits`.
struct LimitFields: Sendable {
    let access: Access
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting) = (access, posting)
        resolvers.resolveAsync("Query", "dailyPostingLimits") { request -> [FieldValue] in
            let input = InputObject(of: request)
            let ids: [ChannelID] =
                try input.ids("channelIds", of: "Channel", atMost: PostQuery.channelLimit) ?? []
            guard let first = ids.first else { return [] }
            // Whose the first one is decides: whoever may see it may see the others, since all must be of its organization.
            let organization = try await access.channel(first.text, for: request.context).organization
            let byID = try await posting.channels.byID(ids)
            let channels = try ids.map { id in
                guard let channel = byID[id] else { throw PostingError.notFound("Channel") }
                return channel
            }
            guard channels.allSatisfy({ $0.organization == organization }) else {
                // Another organization's may be one that the caller does not belong to.
                for id in ids { _ = try await access.channel(id.text, for: request.context) }
                throw PostingError.invalid(["All channels must be of one organization"])
            }
            // The day as it is written counts, whatever its time and offset: it means the channel's own.
            return try await posting.posts.dailyLimits(of: channels, on: input.moment("date")?.day).map { FieldValue.object($0) }
        }
        resolvers.object(DailyLimit.self, "DailyPostingLimitStatus") { limit in
            limit.field("channelId") { $0.channelID.text }
            limit.field("isAtLimit") { $0.isAtLimit }
            limit.field("limit") { $0.limit }
            limit.field("scheduled") { $0.scheduled }
            limit.field("sent") { $0.sent }
        }
    }
}
