import SluiceAuthority
import SluicePosting

/// Reads the organizations of a fixture. What refers to a channel, tag or group is checked here; members are checked when all
/// accounts are known.
struct FixtureOrganizationReader {
    private var channels = FixtureChannelReader()

    /// An organization: a name, or a mapping with what belongs to it.
    mutating func organization(_ node: FixtureNode) throws -> Fixture.Organization {
        if node.isText { return Fixture.Organization(name: try node.name(), place: node.place) }
        let members = try node.members([
            "name", "members", "channels", "tags", "idea_groups", "ideas", "templates", "posts",
        ])
        func list<Element>(_ name: String, _ read: (FixtureNode) throws -> Element) throws -> [Element] {
            try (members[name]?.elements() ?? []).map(read)
        }
        var made = Fixture.Organization(
            name: try node.present("name", among: members).name(), place: node.place)
        made.members = try (members["members"]?.pairs() ?? []).map(member)
        made.channels = try (members["channels"]?.elements() ?? []).map { try channels.channel($0) }
        made.tags = try list("tags", tag)
        made.ideaGroups = try list("idea_groups") { Fixture.IdeaGroup(name: try $0.text(), place: $0.place) }
        let reader = FixtureContentReader(
            channels: made.channels, tags: made.tags.map(\.name), groups: made.ideaGroups.map(\.name))
        made.ideas = try list("ideas", reader.idea)
        made.templates = try list("templates", reader.template)
        made.posts = try list("posts", reader.post)
        return made
    }

    private func member(_ name: String, _ role: FixtureNode) throws -> Fixture.Member {
        guard let email = EmailAddress(name) else {
            throw role.place.failure("This is no e-mail address.", "Write each member as name@example.com: member.")
        }
        let given = try role.word(Membership.Role.self)
        guard given.isGiven else {
            throw role.place.failure(
                "An organization has one owner: the account it stands under.", "Write admin, member or contributor.")
        }
        return Fixture.Member(email: email, role: given, place: role.place)
    }

    private func tag(_ node: FixtureNode) throws -> Fixture.Tag {
        if node.isText { return Fixture.Tag(name: try node.text(), color: .blue, place: node.place) }
        let members = try node.members(["name", "color"])
        return Fixture.Tag(
            name: try node.present("name", among: members).text(), color: try members["color"]?.word() ?? .blue,
            place: node.place)
    }
}
