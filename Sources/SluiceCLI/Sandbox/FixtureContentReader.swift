import SluicePosting

/// Reads the posts, ideas and templates of an organization whose channels, tags and groups are known.
struct FixtureContentReader {
    let channels: [Fixture.Channel]
    /// The names of its tags.
    let tags: [String]
    /// The names of its groups of ideas.
    let groups: [String]

    func post(_ node: FixtureNode) throws -> Fixture.Post {
        let members = try node.members([
            "channel", "text", "mode", "due", "status", "tags", "images", "type", "metrics",
        ])
        let status = try members["status"]?.word(Fixture.Post.Status.self) ?? .scheduled
        if status == .sent || status == .error, let time = members["mode"] ?? members["due"] {
            throw time.place.failure("A post that went out already has neither mode nor due.")
        }
        if status != .sent, let metrics = members["metrics"] {
            throw metrics.place.failure("Metrics are counted for posts of the status sent alone.")
        }
        let due = try members["due"].map(due)
        let mode = try members["mode"]?.word(ShareMode.self)
        if due != nil, let mode, mode != .customScheduled {
            throw node.place.failure("A post with due has the mode customScheduled.", "Leave one of them away.")
        }
        let channel = try channel(try node.present("channel", among: members))
        if let type = members["type"], ![.facebook, .instagram].contains(channels[channel].draft.service) {
            throw type.place.failure("Only posts for Instagram and Facebook have a type here.")
        }
        return Fixture.Post(
            channel: channel, text: try members["text"]?.text() ?? "",
            mode: mode ?? (due == nil ? .addToQueue : .customScheduled), due: due, status: status,
            tags: try members["tags"].map(tags) ?? [], images: try members["images"]?.texts() ?? [],
            type: try members["type"]?.word(), metrics: try (members["metrics"]?.pairs() ?? []).map(metric),
            place: node.place)
    }

    func idea(_ node: FixtureNode) throws -> Fixture.Idea {
        let members = try node.members(["title", "text", "group", "tags", "services"])
        return Fixture.Idea(
            title: try members["title"]?.text(), text: try members["text"]?.text(),
            group: try members["group"].map { try known($0, groups, "idea group") },
            tags: try members["tags"].map(tags) ?? [],
            services: try (members["services"]?.elements() ?? []).map { try $0.word() }, place: node.place)
    }

    func template(_ node: FixtureNode) throws -> Fixture.Template {
        let members = try node.members(["title", "body", "description", "emoji", "visibility"])
        return Fixture.Template(
            title: try node.present("title", among: members).text(), body: try node.present("body", among: members).text(),
            description: try members["description"]?.text() ?? "", emoji: try members["emoji"]?.text() ?? "",
            visibility: try members["visibility"]?.word() ?? .internal, place: node.place)
    }

    private func channel(_ node: FixtureNode) throws -> Int {
        let text = try node.text()
        let found = channels.indices.filter { channels[$0].references.contains(text) }
        guard let first = found.first else {
            let names = channels.map { $0.references[1] }.joined(separator: ", ")
            throw node.place.failure("There is no such channel.", names.isEmpty ? "It has none." : "It has: \(names).")
        }
        guard found.count == 1 else {
            throw node.place.failure(
                "Several channels are called this.", "Write the service before it, as in mastodon/ada, or the id.")
        }
        return first
    }

    private func due(_ node: FixtureNode) throws -> Fixture.Due {
        guard let due = Fixture.Due(try node.text()) else {
            throw node.place.failure("This is no time.", "Write +2h for two hours after the start, or 2031-01-31T12:00:00Z.")
        }
        return due
    }

    private func tags(_ node: FixtureNode) throws -> [String] {
        try node.elements().map { try known($0, tags, "tag") }
    }

    private func known(_ node: FixtureNode, _ names: [String], _ what: String) throws -> String {
        let name = try node.text()
        guard names.contains(name) else {
            let list = names.joined(separator: ", ")
            throw node.place.failure("There is no such \(what).", list.isEmpty ? "It has none." : "It has: \(list).")
        }
        return name
    }

    private func metric(_ name: String, _ node: FixtureNode) throws -> PostMetric {
        guard let kind = PostMetric.Kind(rawValue: name) else {
            throw node.place.failure(
                "There is no such metric.", "It may be: \(PostMetric.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let value = Double(try node.text()), value.isFinite, value >= 0 else {
            throw node.place.failure("A metric is a number, zero or more.")
        }
        return PostMetric(kind, value)
    }
}
