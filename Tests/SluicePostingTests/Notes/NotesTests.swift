import Foundation
import Testing

@testable import SluicePosting

@Suite("Notes")
struct NotesTests {
    private let world: World

    init() throws { world = try World() }

    @Test func `notes are of their post, oldest first, and go with it`() async throws {
        let channel = try await world.channel()
        let post = try await world.post(channel)
        let bare = try await world.post(channel)
        let first = try await world.posting.notes.add(text: "First", to: post.id, by: world.author)
        world.now += 1
        let second = try await world.posting.notes.add(text: "Second", to: post.id, by: world.author)
        #expect(first.author == world.author)
        #expect(try await world.posting.notes.notes(of: [post.id, bare.id]) == [post.id: [first, second]])
        await #expect(throws: PostingError.notFound("Note")) { try await world.posting.notes.remove(first.id, of: bare.id) }
        try await world.posting.notes.remove(first.id, of: post.id)
        #expect(try await world.posting.notes.notes(of: [post.id]) == [post.id: [second]])
        try await world.posting.posts.delete(post.id)
        #expect(try await world.posting.notes.notes(of: [post.id]) == [:])
        await #expect(throws: PostingError.notFound("Post")) {
            try await world.posting.notes.add(text: "Late", to: post.id, by: world.author)
        }
    }

    @Test(arguments: ["", " \n", String(repeating: "a", count: 2_001)])
    func `a note has words within its bound`(text: String) async throws {
        let post = try await world.post(world.channel())
        await #expect(throws: PostingError.invalid(["A note has 1 to 2000 characters"])) {
            try await world.posting.notes.add(text: text, to: post.id, by: world.author)
        }
    }

    @Test func `there is an end to the notes of a post`() async throws {
        let post = try await world.post(world.channel())
        for _ in 0..<PostingLimits.notesPerPost {
            _ = try await world.posting.notes.add(text: "a", to: post.id, by: world.author)
        }
        await #expect(throws: PostingError.limitReached("The post has 200 notes, which is as many as it may")) {
            try await world.posting.notes.add(text: "a", to: post.id, by: world.author)
        }
    }
}
