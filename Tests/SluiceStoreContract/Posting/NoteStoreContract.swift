import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `NoteStore`.
public enum NoteStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("notes come by post, oldest first, and posts without any are left out") { engine in
            let world = try await PostingWorld(engine)
            let (first, second) = (try await world.makePost(), try await world.makePost())
            let silent = try await world.makePost()
            var late = world.sampleNote(on: first.id, at: at(9))
            (late.text, late.updatedAt) = ("Later \u{1F388}", at(10))
            let early = world.sampleNote(on: first.id, at: at(1))
            let anonymous = Note(id: freshID(), postID: second.id, author: nil, text: "Who?", createdAt: dawn)
            for note in [late, early, anonymous] { #expect(try await world.store.insert(note, limit: 9)) }
            let unasked = try await world.makePost()
            #expect(try await world.store.insert(world.sampleNote(on: unasked.id), limit: 9))
            #expect(
                try await world.store.notes(of: [first.id, second.id, silent.id, freshID()])
                    == [first.id: [early, late], second.id: [anonymous]])
            #expect(try await world.store.notes(of: []).isEmpty)
        },
        PostingContractCase("a post that is gone gets no note") { engine in
            let world = try await PostingWorld(engine)
            #expect(try await !world.store.insert(world.sampleNote(on: freshID()), limit: 9))
        },
        PostingContractCase("of 20 simultaneous notes under a limit of 3 three are kept, of each post") { engine in
            let world = try await PostingWorld(engine)
            let (post, other) = (try await world.makePost(), try await world.makePost())
            #expect(try await world.store.insert(world.sampleNote(on: other.id), limit: 1))
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(world.sampleNote(on: post.id), limit: 3)
            }
            #expect(outcomes.filter { $0 }.count == 3)
            #expect(try await world.store.notes(of: [post.id])[post.id]?.count == 3)
        },
        PostingContractCase("a note is deleted once, and as its own post's") { engine in
            let world = try await PostingWorld(engine)
            let (post, other) = (try await world.makePost(), try await world.makePost())
            let note = world.sampleNote(on: post.id)
            #expect(try await world.store.insert(note, limit: 9))
            #expect(try await !world.store.deleteNote(note.id, of: other.id))
            #expect(try await world.store.deleteNote(note.id, of: post.id))
            #expect(try await !world.store.deleteNote(note.id, of: post.id))
            #expect(try await world.store.notes(of: [post.id]).isEmpty)
        },
    ]
}
