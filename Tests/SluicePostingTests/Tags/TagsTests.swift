import Testing

@testable import SluicePosting

@Suite("Tags")
struct TagsTests {
    private let world: World

    init() throws { world = try World() }

    @Test func `a word is one tag of an organization, whatever the case`() async throws {
        let tags = world.posting.tags
        let tag = try await tags.add(named: "News", color: .red, to: world.organization)
        await #expect(throws: PostingError.conflict("The organization has a tag of this name already")) {
            try await tags.add(named: "news", color: .blue, to: world.organization)
        }
        _ = try await tags.add(named: "news", color: .blue, to: world.stranger)
        #expect(try await tags.list(of: world.organization) == [tag])
        #expect(try await tags.tags([tag.id, tag.id]) == [tag])
    }

    @Test(arguments: ["", " ", "a\nb", "a\u{202E}b", "\u{200B}", String(repeating: "a", count: 51)])
    func `a tag is one line within its bound`(name: String) async throws {
        await #expect(throws: PostingError.invalid(["The name of a tag is one line of 1 to 50 characters"])) {
            try await world.posting.tags.add(named: name, color: .red, to: world.organization)
        }
    }

    @Test func `blanks around a name are not part of it`() async throws {
        var tag = try await world.posting.tags.add(named: " News\n", color: .red, to: world.organization)
        #expect(tag.name == "News")
        tag.name = "Old "
        try await world.posting.tags.update(tag)
        #expect(try await world.posting.tags.tags([tag.id]).map(\.name) == ["Old"])
        #expect(try await world.posting.ideas.addGroup(named: " a ", to: world.organization).name == "a")
        let channel = try await world.posting.channels.add(
            ChannelDraft(service: .bluesky, name: " ada ", displayName: " Ada ", serviceID: " 1 "), to: world.organization)
        #expect(channel.name == "ada" && channel.displayName == "Ada" && channel.serviceID == "1")
        let edited = try await world.posting.channels.edit(
            channel.id, of: world.organization, ChannelEdit(name: " bob", displayName: " Bob"))
        #expect(edited.name == "bob" && edited.displayName == "Bob")
    }

    @Test func `a tag is renamed, and told why not`() async throws {
        let tags = world.posting.tags
        var tag = try await tags.add(named: "a", color: .red, to: world.organization)
        _ = try await tags.add(named: "b", color: .red, to: world.organization)
        tag.name = "c"
        tag.color = .teal
        try await tags.update(tag)
        #expect(try await tags.tags([tag.id]) == [tag])
        var taken = tag
        taken.name = "B"
        await #expect(throws: PostingError.conflict("The organization has a tag of this name already")) {
            try await tags.update(taken)
        }
        try await tags.remove(tag.id, of: world.organization)
        await #expect(throws: PostingError.notFound("Tag")) { try await tags.update(tag) }
        await #expect(throws: PostingError.notFound("Tag")) { try await tags.remove(tag.id, of: world.organization) }
    }

    @Test func `a tag leaves its posts when it goes, and another organization cannot take it`() async throws {
        let tags = world.posting.tags
        let tag = try await tags.add(named: "a", color: .red, to: world.organization)
        var draft = world.draft(try await world.channel())
        draft.tagIDs = [tag.id]
        let post = try await world.posting.posts.create(draft)
        await #expect(throws: PostingError.notFound("Tag")) { try await tags.remove(tag.id, of: world.stranger) }
        try await tags.remove(tag.id, of: world.organization)
        #expect(try await world.posting.posts.post(post.id)?.tagIDs == [])
    }

    @Test func `there is an end to tags`() async throws {
        var limits = PostingLimits()
        limits.tags = 1
        let world = try World(limits: limits)
        _ = try await world.posting.tags.add(named: "a", color: .red, to: world.organization)
        await #expect(throws: PostingError.limitReached("The organization has 1 tags, which is as many as it may")) {
            try await world.posting.tags.add(named: "b", color: .red, to: world.organization)
        }
    }
}
