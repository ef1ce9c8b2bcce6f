import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of lists of posts.
public enum PostListContract {
    /// The promises.
    public static let cases: [PostingContractCase] = fixed + (1...6).map { drifting(seed: $0) }

    private static let fixed: [PostingContractCase] = [
        PostingContractCase("without anything said a list is newest first, of one organization, 20 at a time") { engine in
            let world = try await PostingWorld(engine)
            _ = try await world.makePost(on: world.makeChannel(of: world.makeOrganization("bob")))
            var made: [PostID] = []
            for index in 0..<21 { made.append(try await world.makePost(createdAt: at(Double(index))).id) }
            let page = try await world.store.posts(PostQuery(organization: world.organization), PageRequest())
            #expect(page.elements.map(\.id) == made.reversed().dropLast())
            #expect(page.hasNext && page.total == nil)
        },
        PostingContractCase("whether more follow is known exactly") { engine in
            let world = try await PostingWorld(engine)
            for _ in 0..<4 { _ = try await world.makePost() }
            let query = PostQuery(organization: world.organization)
            for (limit, hasNext) in [(3, true), (4, false), (5, false)] {
                #expect(try await world.store.posts(query, PageRequest(limit: limit)).hasNext == hasNext)
            }
            let first = try await world.store.posts(query, PageRequest(limit: 2))
            let second = try await world.store.posts(query, PageRequest(limit: 2, after: first.entries.last?.cursor))
            #expect(second.entries.count == 2 && !second.hasNext)
            let third = try await world.store.posts(query, PageRequest(limit: 2, after: second.entries.last?.cursor))
            #expect(third.entries.isEmpty && !third.hasNext)
        },
        PostingContractCase("posts without a time come last whichever way") { engine in
            let world = try await PostingWorld(engine)
            let none = try await world.makePost(.draft, dueAt: nil)
            let (early, late) = (try await world.makePost(dueAt: at(1)), try await world.makePost(dueAt: at(2)))
            for (isAscending, expected) in [(true, [early.id, late.id, none.id]), (false, [late.id, early.id, none.id])] {
                let query = PostQuery(organization: world.organization, sort: [.init(key: .dueAt, isAscending: isAscending)])
                var found: [PostID] = []
                var after: String?
                repeat {
                    let page = try await world.store.posts(query, PageRequest(limit: 1, after: after))
                    found += page.elements.map(\.id)
                    after = page.hasNext ? page.entries.last?.cursor : nil
                } while after != nil
                #expect(found == expected)
            }
        },
        PostingContractCase("posts on a page come with their tags, each with its own") { engine in
            let world = try await PostingWorld(engine)
            let tags = [try await world.makeTag("a").id, try await world.makeTag("b").id]
            var expected: [PostID: [TagID]] = [:]
            for wanted in [[], [tags[0]], [tags[1], tags[0]]] {
                var post = world.samplePost()
                post.tagIDs = wanted
                try await world.add(post)
                expected[post.id] = wanted
            }
            let page = try await world.store.posts(PostQuery(organization: world.organization), PageRequest())
            #expect(Dictionary(uniqueKeysWithValues: page.elements.map { ($0.id, $0.tagIDs) }) == expected)
        },
        PostingContractCase("what is being sent is listed as such") { engine in
            let world = try await PostingWorld(engine)
            let post = try await world.makePost(dueAt: at(10))
            _ = try await world.makePost(dueAt: at(20))
            #expect(try await world.claim(at: at(10)).count == 1)
            var query = PostQuery(organization: world.organization)
            query.statuses = [.sending]
            #expect(try await world.store.posts(query, PageRequest()).elements.map(\.id) == [post.id])
        },
        PostingContractCase("a cursor that was never given out, or for another order or list, is refused") { engine in
            let world = try await PostingWorld(engine)
            for _ in 0..<3 { _ = try await world.makePost() }
            let orders: [[PostQuery.Sort]] = [
                [.init(key: .createdAt, isAscending: false)], [.init(key: .createdAt, isAscending: true)],
                [.init(key: .dueAt, isAscending: false)], [.init(key: .dueAt, isAscending: true)],
                [.init(key: .createdAt, isAscending: false), .init(key: .dueAt, isAscending: false)],
                [.init(key: .dueAt, isAscending: false), .init(key: .createdAt, isAscending: false)],
            ]
            func page(_ sort: [PostQuery.Sort], _ after: String?) async throws -> Page<Post> {
                try await world.store.posts(
                    PostQuery(organization: world.organization, sort: sort), PageRequest(limit: 2, after: after))
            }
            for sort in orders {
                // Of the middle one of three, so that there is something behind it in every order.
                let cursor = try #require(await page(sort, nil).entries.last?.cursor)
                #expect(try await page(sort, cursor).entries.count == 1)
                for foreign in orders where foreign != sort {
                    await #expect(throws: PostingError.unknownCursor, "\(sort) \(foreign)") { try await page(foreign, cursor) }
                }
                let bent = [
                    "", " ", "x", cursor + "A", cursor + "=", String(cursor.dropLast()), cursor.uppercased(), " " + cursor,
                    "\u{0}", "\u{1F388}", String(repeating: "A", count: 100_000), "' OR 1=1 --",
                    Data("1.2".utf8).base64EncodedString(), world.channel.id.text,
                ]
                for text in bent {
                    await #expect(throws: PostingError.unknownCursor, "\(text.prefix(40))") { try await page(sort, text) }
                }
            }
        },
        PostingContractCase("a list goes on behind a post that was deleted meanwhile") { engine in
            let world = try await PostingWorld(engine)
            var made: [Post] = []
            for index in 0..<4 { made.append(try await world.makePost(createdAt: at(Double(-index)))) }
            let query = PostQuery(organization: world.organization)
            let cursor = try await world.store.posts(query, PageRequest(limit: 2)).entries.last?.cursor
            let gone = made[1].id
            try await world.store.change(world.channel.id) { try $0.delete(gone) }
            let rest = try await world.store.posts(query, PageRequest(limit: 9, after: cursor))
            #expect(rest.elements.map(\.id) == [made[2].id, made[3].id])
        },
    ]

    /// Any order and any filters, read in pages of any size while posts come and go.
    private static func drifting(seed: UInt64) -> PostingContractCase {
        PostingContractCase(
            "pages of any order and filters hold each post once and in its place while others come and go (\(seed))"
        ) {
            engine in
            var scene = try await PostListScene(engine, seed: seed, count: 60)
            for _ in 0..<40 {
                let query = scene.query()
                let expected = query.answer(from: scene.posts)
                var found: [Post] = []
                var gone: Set<PostID> = []
                var after: String?
                repeat {
                    let page = try await scene.world.store.posts(
                        query, PageRequest(limit: scene.pick([1, 2, 5, 7, 20]), after: after))
                    found += page.elements
                    after = page.hasNext ? page.entries.last?.cursor : nil
                    guard after != nil else { break }
                    if scene.chance(3) { try await scene.grow() }
                    // What was seen already stays seen; only what was still to come may be missing.
                    if scene.chance(6), let id = try await scene.shrink(), !found.contains(where: { $0.id == id }) {
                        gone.insert(id)
                    }
                } while true
                let known = Set(expected.map(\.id))
                #expect(found.filter { known.contains($0.id) } == expected.filter { !gone.contains($0.id) }, "\(query)")
                // Newcomers may show, but in their place.
                #expect(found == query.answer(from: found), "\(query)")
            }
        }
    }
}
