import Foundation
import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `GET /sandbox/outbox`: what went out, newest first.
struct SandboxOutboxEndpoint: Sendable {
    let names: SandboxNames
    let posting: Posting

    /// `?channel=` shows one channel's, `?organization=` another organization's than the fixture's first, `?limit=` that many, and
    /// `?after=` those behind a page.
    func get(_ request: Request, _: SluiceContext) async throws -> Response {
        let query = try SluiceOAuth.Parameters(formEncoded: Array((request.uri.query ?? "").utf8))
        let known = ["channel", "organization", "limit", "after"]
        guard query.pairs.allSatisfy({ known.contains($0.name) }) else {
            throw SandboxBody.refusal("The query may hold \(known.joined(separator: ", ")).")
        }
        let channels = SandboxChannels(names: names, posting: posting)
        let named = try query.value("organization")
        var organization = try channels.organization(named)
        var channel: ChannelID?
        if let text = try query.value("channel") {
            let found = try await channels.channel(text)
            guard named == nil || found.organization == organization else {
                throw SandboxBody.refusal("channel is none of this organization's.")
            }
            (organization, channel) = (found.organization, found.id)
        }
        let page = try await posting.outbox.list(
            of: organization, channel: channel,
            page: PageRequest(limit: try limit(query.value("limit")), after: try query.value("after")))
        var json = JSONText(capacity: 4_096)
        json.add("deliveries", json: try page.elements.map { try Self.json($0) })
        json.add("next", optional: page.hasNext ? page.entries.last?.cursor : nil)
        return Answer.json(json.text)
    }

    private func limit(_ text: String?) throws -> Int {
        guard let text else { return 50 }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(text), (1...100).contains(limit) else {
            throw SandboxBody.refusal("limit must be a whole number from 1 to 100.")
        }
        return limit
    }

    /// One delivery, as the overview has them too.
    static func json(_ delivery: OutboxDelivery) throws -> String {
        var json = JSONText(capacity: 512)
        json.add("post_id", delivery.postID.text)
        json.add("channel_id", delivery.channelID.text)
        json.add("organization_id", delivery.organization.text)
        json.add("service", delivery.service.rawValue)
        json.add("due_at", optional: delivery.dueAt.map(Timestamp.text))
        json.add("sent_at", Timestamp.text(delivery.sentAt))
        json.add("attempt", Int64(delivery.attempt))
        json.add("text", delivery.text)
        json.add("assets", json: delivery.assets.map(Self.json))
        // The root too: whoever tests a thread finds all of it here.
        json.add("thread", delivery.metadata?.thread.map(\.text) ?? [])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let metadata = try delivery.metadata.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        json.add("metadata", json: metadata ?? "null")
        return json.text
    }

    private static func json(_ asset: Asset) -> String {
        var json = JSONText()
        switch asset {
        case .image(let image):
            json.add("type", "image")
            json.add("alt_text", image.altText)
        case .video: json.add("type", "video")
        case .document: json.add("type", "document")
        case .link: json.add("type", "link")
        }
        json.add("url", asset.url)
        return json.text
    }
}
