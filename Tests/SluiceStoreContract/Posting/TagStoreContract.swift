import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `TagStore`.
public enum TagStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a word is an organization's once, whatever the case; another organization may have it too") {
            engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeOrganization("bob")
            let tag = try await world.makeTag("\u{C9}t\u{E9} News")
            for twin in ["\u{C9}t\u{E9} News", "\u{E9}t\u{E9} NEWS", "E\u{301}te\u{301} news"] {
                #expect(try await world.store.insert(world.sampleTag(twin), limit: 10) == .taken)
            }
            #expect(try await world.store.insert(world.sampleTag("\u{C9}t\u{E9} News", of: other), limit: 10) == .inserted)
            #expect(try await world.store.insert(world.sampleTag("Ete News"), limit: 10) == .inserted)
            #expect(try await world.store.tags([tag.id]) == [tag])
        },
        PostingContractCase("an unknown organization gets no tag") { engine in
            let world = try await PostingWorld(engine)
            #expect(try await world.store.insert(world.sampleTag("a", of: freshID()), limit: 10) == .unknownOrganization)
        },
        PostingContractCase("of 20 simultaneous tags under a limit of 3 three are kept, and of 20 with one word one") { engine in
            let world = try await PostingWorld(engine)
            let outcomes = try await simultaneously(20) { try await world.store.insert(world.sampleTag("tag \($0)"), limit: 3) }
            #expect(outcomes.filter { $0 == .inserted }.count == 3)
            #expect(outcomes.filter { $0 == .full }.count == 17)
            let twins = try await simultaneously(20) { _ in try await world.store.insert(world.sampleTag("same"), limit: 99) }
            #expect(twins.filter { $0 == .inserted }.count == 1)
            #expect(twins.filter { $0 == .taken }.count == 19)
        },
        PostingContractCase("a tag is renamed and recoloured, but not to another's word or in another organization") { engine in
            let world = try await PostingWorld(engine)
            var tag = try await world.makeTag("one")
            try await world.makeTag("two")
            (tag.name, tag.color) = ("ONE", .tealLight)
            #expect(try await world.store.update(tag))
            #expect(try await world.store.tags([tag.id]) == [tag])
            var stolen = tag
            stolen.name = "Two"
            #expect(try await !world.store.update(stolen))
            var foreign = world.sampleTag("three", of: try await world.makeOrganization("bob"))
            foreign = SluicePosting.Tag(
                id: tag.id, organization: foreign.organization, name: "three", color: .red, createdAt: dawn)
            #expect(try await !world.store.update(foreign))
            #expect(try await !world.store.update(world.sampleTag("four")))
            #expect(try await world.store.tags([tag.id]) == [tag])
        },
        PostingContractCase("a deleted tag is gone from posts and ideas, whose other tags stay in their order") { engine in
            let world = try await PostingWorld(engine)
            let tags = [try await world.makeTag("a"), try await world.makeTag("b"), try await world.makeTag("c")]
            var post = world.samplePost()
            post.tagIDs = [tags[2].id, tags[1].id, tags[0].id]
            try await world.add(post)
            var idea = Idea(
                id: freshID(), organization: world.organization, content: IdeaContent(title: "T"), groupID: nil, position: 0,
                createdAt: dawn, updatedAt: dawn)
            idea.content.tagIDs = post.tagIDs.map(\.text)
            _ = try await world.store.insert(idea, behind: nil, limit: 9)
            #expect(try await !world.store.delete(tags[1].id, of: world.makeOrganization("bob")))
            #expect(try await world.store.delete(tags[1].id, of: world.organization))
            #expect(try await !world.store.delete(tags[1].id, of: world.organization))
            #expect(try await world.store.post(post.id)?.tagIDs == [tags[2].id, tags[0].id])
            #expect(try await world.store.idea(idea.id)?.content.tagIDs == [tags[2].id.text, tags[0].id.text])
            #expect(try await world.store.insert(world.sampleTag("B"), limit: 9) == .inserted)
        },
        PostingContractCase("an organization's tags come by name, and only its own") { engine in
            let world = try await PostingWorld(engine)
            for word in ["beta", "Alpha", "gamma"] { try await world.makeTag(word) }
            let foreign = try await world.makeTag("aaa", of: world.makeOrganization("bob"))
            let found = try await world.store.tags(of: world.organization)
            #expect(found.map(\.name) == ["Alpha", "beta", "gamma"])
            let some = try await world.store.tags([found[0].id, foreign.id, freshID(), found[0].id])
            #expect(Set(some.map(\.id)) == [found[0].id, foreign.id] && some.count == 2)
        },
    ]
}
