import SluicePosting

/// What `channel pause` and `channel resume` do, each in its direction.
protocol QueueSwitch: DataCommand {
    /// Whether the queue stands still afterwards.
    static var pauses: Bool { get }
    /// What is said of a queue that was changed, before the channel's name.
    static var headline: String { get }
    /// The channel's id.
    var id: String { get }
}

extension QueueSwitch {
    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        return try await Installation.with(settings, in: surroundings) { installation in
            let old = try await installation.channel(id)
            let channel = try await installation.posting.channels.setQueuePaused(
                Self.pauses, of: old.id, of: old.organization)
            let changed = old.isQueuePaused != channel.isQueuePaused
            surroundings.output.show(
                Report(
                    json: .object([
                        ("id", .string(channel.id.text)), ("queue_paused", .bool(channel.isQueuePaused)),
                        ("changed", .bool(changed)),
                    ]),
                    text: changed
                        ? "\(Self.headline): “\(Printable.line(channel.name))”."
                        : Self.pauses ? "The queue was paused already." : "The queue was not paused."),
                asJSON: common.json)
            return .ok
        }
    }
}
