import Foundation
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// What went out: of one channel, or of all of an organization.
struct OutboxEndpoints: Sendable {
    let site: Site

    /// `GET /settings/organizations/:id/outbox`.
    func all(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let channels = try await site.posting.channels.list(of: member.reference)
        let page = try await page(member, Dictionary(channels.map { ($0.id, $0) }) { first, _ in first }, only: nil)
        return try site.show(page, to: member.visit)
    }

    /// `GET /settings/organizations/:id/channels/:channel/outbox`.
    func ofChannel(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let channel = try await member.channel(site.posting)
        return try site.show(try await page(member, [channel.id: channel], only: channel), to: member.visit)
    }

    private func page(
        _ member: MemberVisit, _ channels: [ChannelID: Channel], only channel: Channel?
    ) async throws -> OutboxPage {
        let after = try member.visit.query().value("after")
        let list = try await site.posting.outbox.list(
            of: member.reference, channel: channel?.id, page: PageRequest(limit: 50, after: after))
        let next = list.hasNext ? list.entries.last?.cursor : nil
        return OutboxPage(
            place: channel == nil ? member.place(.outbox) : nil, head: channel.map { member.head($0, .outbox) },
            organizationID: member.organization.id.text,
            path: channel.map { "\(member.path)/channels/\($0.id)/outbox" } ?? "\(member.path)/outbox",
            timeZone: channel?.timeZone,
            deliveries: list.elements.map { Self.line($0, channels[$0.channelID], isAlone: channel != nil) },
            more: next.map { "after=" + PercentEncoding.queryValue($0) })
    }

    private static func line(
        _ delivery: OutboxDelivery, _ channel: Channel?, isAlone: Bool
    ) -> OutboxPage.Delivery {
        let zone = channel?.zone ?? .gmt
        return OutboxPage.Delivery(
            id: delivery.postID.text, sent: ChannelMoment(delivery.sentAt, in: zone),
            due: delivery.dueAt.map { ChannelMoment($0, in: zone) }, text: QueuePost.excerpt(delivery.text),
            assets: delivery.assets.map(QueueAsset.init), metadata: delivery.metadata.flatMap(json),
            attempt: delivery.attempt > 1 ? "Attempt \(delivery.attempt)" : nil,
            channelID: isAlone ? nil : delivery.channelID.text,
            channelName: isAlone ? nil : channel?.shownName ?? delivery.service.name,
            timeZone: isAlone ? nil : channel?.timeZone ?? "UTC")
    }

    /// What a post said to its service alone, for reading.
    private static func json(_ metadata: PostMetadata) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(metadata) else { return nil }
        return QueuePost.excerpt(String(decoding: data, as: UTF8.self))
    }
}
