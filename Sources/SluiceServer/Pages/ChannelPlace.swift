/// Whose channels are shown: the links on top of the pages about all of them.
struct ChannelPlace: Sendable, DerivedValues {
    /// The pages between which one goes to and fro.
    enum Part: Sendable {
        case channels
        case outbox
        case tags
    }

    var organizationID: String
    var organizationName: String
    /// Which of them is shown.
    var part: Part

    var derived: [String: Any] {
        ["onChannels": part == .channels, "onOutbox": part == .outbox, "onTags": part == .tags]
    }
}

/// Which channel is shown: the heading and the links on top of the pages about one.
struct ChannelHead: Sendable, DerivedValues {
    /// The pages between which one goes to and fro.
    enum Part: Sendable {
        case channel
        case queue
        case outbox
    }

    var organizationID: String
    var organizationName: String
    var id: String
    var name: String
    /// `LinkedIn Page`.
    var descriptor: String
    var isPaused = false
    var isLocked = false
    var isDisconnected = false
    /// Which of them is shown.
    var part: Part

    var derived: [String: Any] {
        let monogram = Monogram(name)
        return [
            "monogram": monogram.text, "tone": monogram.tone, "onChannel": part == .channel, "onQueue": part == .queue,
            "onOutbox": part == .outbox,
        ]
    }
}
