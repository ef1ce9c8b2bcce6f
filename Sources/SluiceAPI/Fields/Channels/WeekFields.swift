import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// What a channel has done this week: how far its goal is, and how much of its network's allowance is used.
struct WeekFields: Sendable {
    let posting: Posting

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let posting = posting
        resolvers.object(Visible<Channel>.self, "Channel") { channel in
            channel.batchField("postingGoal") { channels, _ in
                let weeks = try await posting.posts.weeks(of: channels) { $0.postingGoal != nil }
                return channels.map { channel -> FieldValue in
                    guard let goal = channel.postingGoal, let week = weeks[channel.id] else { return .null }
                    return .object(PostingGoal(goal: goal, week: week))
                }
            }
            // Networks count by the day: seven days' allowance is the week's.
            channel.batchField("weeklyPostingLimit") { channels, _ in
                let weeks = try await posting.posts.weeks(of: channels) { $0.service.dailyLimit != nil }
                return channels.map { channel -> FieldValue in
                    guard let limit = channel.service.dailyLimit, let week = weeks[channel.id] else { return .null }
                    return .object(WeeklyLimit(limit: 7 * limit, week: week))
                }
            }
        }
        resolvers.object(PostingGoal.self, "PostingGoal") { goal in
            goal.field("goal") { $0.goal }
            goal.field("periodEnd") { Timestamp.text($0.week.end) }
            goal.field("periodStart") { Timestamp.text($0.week.start) }
            goal.field("scheduledCount") { $0.week.scheduled }
            goal.field("sentCount") { $0.week.sent }
            goal.field("status") { $0.status }
        }
        resolvers.object(WeeklyLimit.self, "WeeklyPostingLimit") { limit in
            limit.field("limit") { $0.limit }
            limit.field("scheduled") { $0.week.scheduled }
            limit.field("sent") { $0.week.sent }
        }
    }
}

private struct PostingGoal: Sendable {
    let goal: Int
    let week: WeekTally

    var status: String {
        if week.sent >= goal { return "Hit" }
        return week.sent + week.scheduled >= goal ? "OnTrack" : "AtRisk"
    }
}

private struct WeeklyLimit: Sendable {
    let limit: Int
    let week: WeekTally
}

extension Posts {
    /// The weeks of those channels that `isMeant` is true of; nothing is asked if there is none.
    fileprivate func weeks(
        of channels: [Visible<Channel>], _ isMeant: (Channel) -> Bool
    ) async throws -> [ChannelID: WeekTally] {
        let meant = channels.map(\.thing).filter(isMeant)
        return meant.isEmpty ? [:] : try await week(of: meant)
    }
}
