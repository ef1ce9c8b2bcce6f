import Foundation
import HTTPTypes
import Hummingbird
import SluiceOAuth
import SluicePosting

/// `/sandbox/channels/{channel}/fault`: what becomes of a channel's next posts.
struct SandboxChannelEndpoint: Sendable {
    let channels: SandboxChannels

    /// Makes the next posts fail as if their network had refused them.
    func fail(_ request: Request, _ context: SluiceContext) async throws -> Response {
        var body = try await SandboxBody(request, context)
        let count = try body.number("count", in: 1...Outbox.faultLimit) ?? 1
        let message = try body.text("message") ?? "The network refused this post."
        let raw = try body.text("raw_error")
        guard !message.isEmpty, message.count <= 1_000 else { throw body.wrong("message", "has 1 to 1000 characters") }
        try body.finish()
        let channel = try await channel(context)
        try await channels.posting.outbox.fail(
            next: count, of: channel.id, with: PublishingError(message: message, rawError: raw))
        var json = JSONText()
        json.add("channel_id", channel.id.text)
        json.add("count", Int64(count))
        json.add("message", message)
        return Answer.json(json.text, status: .created)
    }

    /// Ends that.
    func clear(_: Request, _ context: SluiceContext) async throws -> Response {
        let channel = try await channel(context)
        try await channels.posting.outbox.clearFault(of: channel.id)
        var json = JSONText()
        json.add("channel_id", channel.id.text)
        json.add("count", 0 as Int64)
        return Answer.json(json.text)
    }

    private func channel(_ context: SluiceContext) async throws -> SluicePosting.Channel {
        try await channels.channel(context.parameters.get("channel")?.removingPercentEncoding ?? "")
    }
}
