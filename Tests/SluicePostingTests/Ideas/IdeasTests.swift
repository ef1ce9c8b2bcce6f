import Testing

@testable import SluicePosting

@Suite("Ideas and their groups")
struct IdeasTests {
    private let world: World

    init() throws { world = try World() }

    private func create(_ content: IdeaContent, group: IdeaGroupID? = nil) async throws -> Idea {
        try await world.posting.ideas.create(IdeaDraft(organization: world.organization, content: content, groupID: group))
    }

    @Test func `a title or a text is enough`() async throws {
        #expect(try await create(IdeaContent(title: "A title")).content.title == "A title")
        let idea = try await create(IdeaContent(text: "A text"))
        #expect(idea.organization == world.organization && idea.createdAt == world.now)
        #expect(await world.shelf.idea(idea.id) == idea)
        for content in [IdeaContent(), IdeaContent(title: " ", text: "\n")] {
            await #expect(throws: PostingError.invalid(["An idea requires a title or a text"])) { try await create(content) }
        }
    }

    @Test func `an idea has bounds`() async throws {
        var content = IdeaContent(title: String(repeating: "a", count: 301), text: String(repeating: "a", count: 10_001))
        content.tagIDs = Array(repeating: "0123456789abcdef01234567", count: 51)
        content.media = [IdeaMedia(id: "0123456789abcdef01234567", url: "ftp://example.com", kind: .image, size: -1)]
        await #expect(
            throws: PostingError.invalid([
                "The title of an idea may have at most 300 characters", "The text of an idea may have at most 10000 characters",
                "An idea may have at most 50 tags", "The url of a medium must be an http or https URL",
                "The size of a medium is zero bytes or more",
            ])
        ) { try await create(content) }
        content = IdeaContent(text: "a")
        content.services = [.mastodon, .bluesky, .mastodon]
        await #expect(throws: PostingError.invalid(["Each service is named once"])) { try await create(content) }
        content = IdeaContent(text: "a")
        content.media = Array(
            repeating: IdeaMedia(id: "0123456789abcdef01234567", url: "https://example.com", kind: .image), count: 21)
        await #expect(throws: PostingError.invalid(["An idea may have at most 20 media"])) { try await create(content) }
    }

    @Test func `groups and tags must be the organization's`() async throws {
        let group = try await world.posting.ideas.addGroup(named: "Later", to: world.organization)
        let foreign = try await world.posting.ideas.addGroup(named: "Later", to: world.stranger)
        #expect(try await create(IdeaContent(text: "a"), group: group.id).groupID == group.id)
        await #expect(throws: PostingError.notFound("Idea group")) { try await create(IdeaContent(text: "a"), group: foreign.id) }
        var content = IdeaContent(text: "a")
        content.tagIDs = ["0123456789abcdef01234567"]
        await #expect(throws: PostingError.notFound("Tag")) { try await create(content) }
    }

    @Test func `a group goes, its ideas stay`() async throws {
        let ideas = world.posting.ideas
        let group = try await ideas.addGroup(named: "Later", to: world.organization)
        let idea = try await create(IdeaContent(text: "a"), group: group.id)
        #expect(try await ideas.groups(of: world.organization) == [group])
        await #expect(throws: PostingError.notFound("Idea group")) { try await ideas.removeGroup(group.id, of: world.stranger) }
        try await ideas.removeGroup(group.id, of: world.organization)
        #expect(await world.shelf.idea(idea.id)?.groupID == nil)
        #expect(await world.shelf.idea(idea.id) != nil)
    }

    @Test func `there is an end to ideas and to groups`() async throws {
        var limits = PostingLimits()
        limits.ideas = 1
        limits.ideaGroups = 1
        let world = try World(limits: limits)
        let draft = IdeaDraft(organization: world.organization, content: IdeaContent(text: "a"))
        _ = try await world.posting.ideas.create(draft)
        await #expect(throws: PostingError.limitReached("The organization has 1 ideas, which is as many as it may")) {
            try await world.posting.ideas.create(draft)
        }
        _ = try await world.posting.ideas.addGroup(named: "a", to: world.organization)
        await #expect(throws: PostingError.self) { try await world.posting.ideas.addGroup(named: "b", to: world.organization) }
        await #expect(throws: PostingError.invalid(["The name of a group is one line of 1 to 100 characters"])) {
            try await world.posting.ideas.addGroup(named: "", to: world.organization)
        }
    }

    @Test func `lists are of an organization and have bounds`() async throws {
        let idea = try await create(IdeaContent(text: "a"))
        let ideas = world.posting.ideas
        #expect(try await ideas.list(IdeaQuery(organization: world.organization), PageRequest()).elements == [idea])
        #expect(try await ideas.list(IdeaQuery(organization: world.stranger), PageRequest()).elements == [])
        #expect(
            try await ideas.list(IdeaQuery(organization: world.organization, groups: .groups([])), PageRequest()).elements == [])
        let group = IdeaGroupID(random: world.surroundings.environment.random)
        await #expect(throws: PostingError.invalid(["At most 100 groups can be asked for at once"])) {
            try await ideas.list(
                IdeaQuery(organization: world.organization, groups: .groups(Array(repeating: group, count: 101))), PageRequest())
        }
    }
}
