import Foundation
import SluiceAuthority
import SluiceGraphQL
import SluicePosting

/// `channel`, `channels` and the type they give.
struct ChannelFields: Sendable {
    let access: Access
    let posting: Posting
    let now: @Sendable () -> Date

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let (access, posting, now) = (access, posting, now)
        resolvers.resolveAsync("Query", "channel") { request in
            FieldValue.object(try await access.channel(InputObject(of: request).text("id"), for: request.context))
        }
        resolvers.resolveAsync("Query", "channels") { request in
            let input = InputObject(of: request)
            let organization = try await access.organization(input.text("organizationId"), for: request.context)
            let filter = input.object("filter")
            return try await posting.channels.list(of: organization.thing)
                .filter { $0.passes(filter) }
                .map { FieldValue.object(organization.beside($0)) }
        }
        resolvers.object(Visible<Channel>.self, "Channel") { channel in
            channel.field("id") { $0.id.text }
            channel.field("allowedActions") { $0.viewer.actions(on: $0.thing).map(\.rawValue) }
            channel.field("avatar") { $0.avatarURL ?? Avatar($0.thing).dataURL }
            channel.field("descriptor") { $0.descriptor }
            channel.field("displayName") { $0.displayName }
            channel.field("externalLink") { $0.externalLink }
            channel.field("hasActiveMemberDevice") { _ in false }  // Nobody has a device here: reminders stay in the outbox.
            channel.field("isDisconnected") { $0.isDisconnected }
            channel.field("isLocked") { $0.isLocked }
            channel.field("isNew") { now().timeIntervalSince($0.createdAt) < Channel.timeOfBeingNew }
            channel.field("isQueuePaused") { $0.isQueuePaused }
            channel.field("linkShortening") { _ in FieldValue.object(LinkShortening()) }
            channel.field("metadata") { ChannelMetadataFields.value(of: $0.thing) }
            channel.field("name") { $0.name }
            channel.field("organizationId") { $0.organization.text }
            channel.field("postingSchedule") { channel in
                DayOfWeek.allCases.map { FieldValue.object(ScheduledDay(name: $0, day: channel.schedule[$0])) }
            }
            channel.field("products") { _ in Channel.products.map(\.rawValue) }
            // Nobody was asked for permissions: posts go to the outbox.
            channel.field("scopes") { _ in [String]() }
            channel.field("service") { $0.service.rawValue }
            channel.field("serviceId") { $0.serviceID }
            channel.field("showTrendingTopicSuggestions") { _ in false }
            channel.field("timezone") { $0.timeZone }
            channel.field("type") { $0.type.rawValue }
            channel.field("createdAt") { Timestamp.text($0.createdAt) }
            channel.field("updatedAt") { Timestamp.text($0.updatedAt) }
        }
        resolvers.object(ScheduledDay.self, "ScheduleV2") { day in
            day.field("day") { $0.name.rawValue }
            day.field("paused") { $0.day.isPaused }
            day.field("times") { $0.day.times.map(\.text) }
        }
        // Links go out as they are written.
        resolvers.object(LinkShortening.self, "ChannelLinkShortening") { shortening in
            shortening.field("config") { _ in FieldValue.null }
            shortening.field("isEnabled") { _ in false }
        }
    }
}

/// One day of a schedule.
private struct ScheduledDay: Sendable {
    let name: DayOfWeek
    let day: PostingSchedule.Day
}

private struct LinkShortening: Sendable {}

extension Channel {
    /// For how long after it was added a channel is new.
    fileprivate static let timeOfBeingNew: TimeInterval = 7 * 86_400

    /// The parts that every channel takes part in: planning and sending, and counting.
    fileprivate static let products: [Product] = [.publish, .analyze]

    /// Whether a `ChannelsFiltersInput` lets it through.
    fileprivate func passes(_ filter: InputObject?) -> Bool {
        if let wanted = filter?.bool("isLocked"), wanted != isLocked { return false }
        if let product: Product = filter?.value("product") { return Self.products.contains(product) }
        return true
    }
}
