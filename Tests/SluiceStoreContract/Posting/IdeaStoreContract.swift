import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `IdeaStore`.
public enum IdeaStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("an idea reads back as it was kept, with all it has") { engine in
            let world = try await PostingWorld(engine)
            let group = try await world.makeGroup()
            let tags = [try await world.makeTag("a"), try await world.makeTag("b")]
            var idea = world.sampleIdea(in: group.id)
            idea.content.text = "Words \u{1F388}"
            idea.content.media = [
                IdeaMedia(
                    id: "0123456789abcdef01234567", url: "https://example.com/a.gif", kind: .gif, altText: "A", thumbnailURL: "t",
                    size: 12, source: .init(name: "n", id: "i", author: "a", authorURL: "u"))
            ]
            idea.content.tagIDs = [tags[1].id.text, tags[0].id.text]
            idea.content.services = [.linkedin, .twitter]
            idea.content.date = 1_800_000_000_001
            idea.content.isAIAssisted = true
            idea.updatedAt = at(3)
            let kept = try await world.keep(idea)
            idea.position = kept.position
            #expect(kept == idea)
            #expect(try await world.store.idea(idea.id) == idea)
            #expect(try await world.store.idea(freshID()) == nil)
        },
        PostingContractCase("an idea needs its organization, an open group of it and tags of it; what is refused is not kept") {
            engine in
            let world = try await PostingWorld(engine)
            let other = try await world.makeOrganization("bob")
            let locked = try await world.makeGroup(isLocked: true)
            let foreign = try await world.makeGroup(of: other)
            let tag = try await world.makeTag("a", of: other)
            var tagged = world.sampleIdea()
            tagged.content.tagIDs = [tag.id.text]
            var garbled = world.sampleIdea()
            garbled.content.tagIDs = ["no id"]
            let refused: [(Idea, IdeaInsertion)] = [
                (world.sampleIdea(of: freshID()), .unknownOrganization), (world.sampleIdea(in: freshID()), .unknownGroup),
                (world.sampleIdea(in: locked.id), .unknownGroup), (world.sampleIdea(in: foreign.id), .unknownGroup),
                (tagged, .unknownTag), (garbled, .unknownTag),
            ]
            for (idea, reason) in refused {
                #expect(try await world.store.insert(idea, behind: nil, limit: 9) == reason)
                #expect(try await world.store.idea(idea.id) == nil)
            }
        },
        PostingContractCase("of 20 simultaneous ideas under a limit of 3 three are kept") { engine in
            let world = try await PostingWorld(engine)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(world.sampleIdea(), behind: nil, limit: 3)
            }
            #expect(outcomes.filter { $0 == .full }.count == 17)
        },
        PostingContractCase("an idea comes to the top of its group or behind another of it, and no other moves") { engine in
            let world = try await PostingWorld(engine)
            let group = try await world.makeGroup()
            let stranger = try await world.keep(world.sampleIdea())
            let first = try await world.keep(world.sampleIdea(in: group.id))
            let top = try await world.keep(world.sampleIdea(in: group.id))
            let middle = try await world.keep(world.sampleIdea(in: group.id), behind: top.id)
            let last = try await world.keep(world.sampleIdea(in: group.id), behind: first.id)
            // Not of the group, so there is nothing to be behind.
            let lost = try await world.keep(world.sampleIdea(in: group.id), behind: stranger.id)
            let all = [lost, top, middle, first, last]
            #expect(all.map(\.position) == all.map(\.position).sorted() && Set(all.map(\.position)).count == 5)
            for idea in all { #expect(try await world.store.idea(idea.id) == idea) }
        },
        PostingContractCase("200 ideas put behind the same one each have a place of their own") { engine in
            let world = try await PostingWorld(engine)
            let start = try await world.keep(world.sampleIdea())
            // Behind another, so not at zero, beside which there is room for a thousand halvings.
            let anchor = try await world.keep(world.sampleIdea(), behind: start.id)
            let end = try await world.keep(world.sampleIdea(), behind: anchor.id)
            var newest: [IdeaID] = []
            for _ in 0..<200 { newest.insert(try await world.keep(world.sampleIdea(), behind: anchor.id).id, at: 0) }
            var positions: [Double] = []
            for id in [start.id, anchor.id] + newest + [end.id] {
                positions.append(try #require(await world.store.idea(id)).position)
            }
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
        },
        PostingContractCase("ideas page newest first and filter by group and tags; all filters must hold") { engine in
            let world = try await PostingWorld(engine)
            let groups = [try await world.makeGroup(), try await world.makeGroup()]
            let tags = [try await world.makeTag("a"), try await world.makeTag("b")]
            var made: [Idea] = []
            for index in 0..<18 {
                var idea = world.sampleIdea(in: index % 3 == 2 ? nil : groups[index % 3].id, at: at(Double(index / 2)))
                if index % 2 == 0 { idea.content.tagIDs = index % 4 == 0 ? [tags[0].id.text] : tags.map(\.id.text) }
                made.append(try await world.keep(idea))
            }
            _ = try await world.keep(world.sampleIdea(of: world.makeOrganization("bob")))
            let newest = made.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            let groupFilters: [(IdeaQuery.GroupFilter?, (Idea) -> Bool)] = [
                (nil, { _ in true }), (.grouped, { $0.groupID != nil }), (.ungrouped, { $0.groupID == nil }),
                (.groups([]), { _ in false }),
                (.groups([groups[1].id, freshID()]), { $0.groupID == groups[1].id }),
            ]
            let tagFilters: [(TagFilter?, (Idea) -> Bool)] = [
                (nil, { _ in true }), (TagFilter(any: [tags[1].id]), { $0.content.tagIDs.contains(tags[1].id.text) }),
                (TagFilter(any: [], orNone: true), { $0.content.tagIDs.isEmpty }), (TagFilter(any: []), { _ in false }),
                (
                    TagFilter(any: [tags[1].id], orNone: true),
                    { $0.content.tagIDs.isEmpty || $0.content.tagIDs.contains(tags[1].id.text) }
                ),
            ]
            for (group, isInGroup) in groupFilters {
                for (tag, hasTag) in tagFilters {
                    let query = IdeaQuery(organization: world.organization, groups: group, tags: tag)
                    var found: [Idea] = []
                    var after: String?
                    repeat {
                        let page = try await world.store.ideas(query, PageRequest(limit: 4, after: after))
                        found += page.elements
                        after = page.hasNext ? page.entries.last?.cursor : nil
                    } while after != nil
                    #expect(found == newest.filter { isInGroup($0) && hasTag($0) }, "\(query)")
                }
            }
            await #expect(throws: PostingError.unknownCursor) {
                try await world.store.ideas(IdeaQuery(organization: world.organization), PageRequest(after: "x"))
            }
        },
        PostingContractCase("groups come oldest first, under a limit, of a known organization alone") { engine in
            let world = try await PostingWorld(engine)
            let late = try await world.makeGroup(at: at(9))
            let early = try await world.makeGroup(at: at(1), isLocked: true)
            #expect(try await world.store.ideaGroups(of: world.organization) == [early, late])
            #expect(try await !world.store.insert(world.sampleGroup(), limit: 2))
            #expect(try await !world.store.insert(world.sampleGroup(of: freshID()), limit: 2))
            #expect(try await world.store.ideaGroups(of: world.makeOrganization("bob")).isEmpty)
        },
        PostingContractCase("of 20 simultaneous groups under a limit of 3 three are kept") { engine in
            let world = try await PostingWorld(engine)
            let outcomes = try await simultaneously(20) { _ in try await world.store.insert(world.sampleGroup(), limit: 3) }
            #expect(outcomes.filter { $0 }.count == 3)
        },
        PostingContractCase("a group is deleted by its organization alone, once; its ideas stay in none") { engine in
            let world = try await PostingWorld(engine)
            let group = try await world.makeGroup()
            var idea = try await world.keep(world.sampleIdea(in: group.id))
            #expect(try await !world.store.deleteIdeaGroup(group.id, of: world.makeOrganization("bob")))
            #expect(try await world.store.deleteIdeaGroup(group.id, of: world.organization))
            #expect(try await !world.store.deleteIdeaGroup(group.id, of: world.organization))
            idea.groupID = nil
            #expect(try await world.store.idea(idea.id) == idea)
        },
    ]
}

extension PostingWorld {
    fileprivate func sampleIdea(
        in group: IdeaGroupID? = nil, of organization: OrganizationReference? = nil, at moment: Date = dawn
    ) -> Idea {
        Idea(
            id: freshID(), organization: organization ?? self.organization, content: IdeaContent(title: "Title"), groupID: group,
            position: 0, createdAt: moment, updatedAt: moment)
    }

    /// Keeps an idea and gives it back as it was kept.
    fileprivate func keep(_ idea: Idea, behind: IdeaID? = nil) async throws -> Idea {
        let outcome = try await store.insert(idea, behind: behind, limit: 10_000)
        guard case .inserted(let kept) = outcome else {
            Issue.record("the idea was not kept: \(outcome)")
            return idea
        }
        return kept
    }

    fileprivate func sampleGroup(
        of organization: OrganizationReference? = nil, at moment: Date = dawn, isLocked: Bool = false
    ) -> IdeaGroup {
        IdeaGroup(
            id: freshID(), organization: organization ?? self.organization, name: "Group", isLocked: isLocked, createdAt: moment)
    }

    fileprivate func makeGroup(
        of organization: OrganizationReference? = nil, at moment: Date = dawn, isLocked: Bool = false
    ) async throws -> IdeaGroup {
        let group = sampleGroup(of: organization, at: moment, isLocked: isLocked)
        #expect(try await store.insert(group, limit: 1_000))
        return group
    }
}
