import Foundation
import SluiceAuthority
import SluicePosting
import Testing

/// What every engine promises of `TemplateStore`.
public enum TemplateStoreContract {
    /// The promises.
    public static let cases: [PostingContractCase] = [
        PostingContractCase("a template reads back as it was kept") { engine in
            let world = try await PostingWorld(engine)
            var template = world.sampleTemplate()
            (template.description, template.emoji, template.updatedAt) = ("When?", "\u{1F388}", at(3))
            #expect(try await world.store.insert(template, limit: 9))
            #expect(try await world.store.template(template.id) == template)
            #expect(try await world.store.template(freshID()) == nil)
            #expect(try await !world.store.insert(world.sampleTemplate(of: freshID()), limit: 9))
        },
        PostingContractCase("of 20 simultaneous templates under a limit of 3 three are kept") { engine in
            let world = try await PostingWorld(engine)
            let outcomes = try await simultaneously(20) { _ in try await world.store.insert(world.sampleTemplate(), limit: 3) }
            #expect(outcomes.filter { $0 }.count == 3)
        },
        PostingContractCase("templates page newest first with how many there are; a private one is its author's alone") {
            engine in
            let world = try await PostingWorld(engine)
            let (ada, bob) = (try #require(AccountReference(world.owner.id.text)), AccountReference(random: { 7 }))
            var made: [PostTemplate] = []
            for index in 0..<6 {
                let visibility = TemplateVisibility.allCases[index % 3]
                made.append(world.sampleTemplate(visibility, by: index < 3 ? ada : bob, at: at(Double(index / 2))))
            }
            for template in made { #expect(try await world.store.insert(template, limit: 99)) }
            let foreign = world.sampleTemplate(of: try await world.makeOrganization("bob"))
            #expect(try await world.store.insert(foreign, limit: 99))
            let newest = made.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            for reader in [ada, bob, freshID()] {
                for visibility in [nil] + TemplateVisibility.allCases {
                    let expected = newest.filter {
                        ($0.visibility != .private || $0.author == reader) && (visibility == nil || $0.visibility == visibility)
                    }
                    var found: [PostTemplate] = []
                    var after: String?
                    repeat {
                        let page = try await world.store.templates(
                            of: world.organization, visibleTo: reader, visibility: visibility, PageRequest(limit: 2, after: after)
                        )
                        #expect(page.total == expected.count)
                        found += page.elements
                        after = page.hasNext ? page.entries.last?.cursor : nil
                    } while after != nil
                    #expect(found == expected)
                }
            }
            await #expect(throws: PostingError.unknownCursor) {
                try await world.store.templates(
                    of: world.organization, visibleTo: ada, visibility: nil, PageRequest(after: "x"))
            }
        },
        PostingContractCase("a template changes in one step, or not at all if the step throws") { engine in
            let world = try await PostingWorld(engine)
            let template = world.sampleTemplate()
            #expect(try await world.store.insert(template, limit: 9))
            let changed = try await world.store.updateTemplate(template.id) {
                #expect($0 == template)
                ($0.title, $0.body, $0.description, $0.emoji) = ("T", "B", "D", "E")
                ($0.visibility, $0.updatedAt) = (.public, at(5))
            }
            #expect(changed?.title == "T" && changed?.visibility == .public)
            #expect(try await world.store.template(template.id) == changed)
            await #expect(throws: PostingError.conflict("no")) {
                try await world.store.updateTemplate(template.id) {
                    $0.title = "lost"
                    throw PostingError.conflict("no")
                }
            }
            #expect(try await world.store.template(template.id) == changed)
            #expect(try await world.store.updateTemplate(freshID()) { _ in Issue.record("the step was run") } == nil)
        },
        PostingContractCase("20 simultaneous changes of a template all count") { engine in
            let world = try await PostingWorld(engine)
            let template = world.sampleTemplate()
            #expect(try await world.store.insert(template, limit: 9))
            _ = try await simultaneously(20) { _ in try await world.store.updateTemplate(template.id) { $0.body += "+" } }
            #expect(try await world.store.template(template.id)?.body == template.body + String(repeating: "+", count: 20))
        },
        PostingContractCase("a template is deleted once") { engine in
            let world = try await PostingWorld(engine)
            let template = world.sampleTemplate()
            #expect(try await world.store.insert(template, limit: 9))
            #expect(try await world.store.deleteTemplate(template.id, visibleTo: freshID()))
            #expect(try await !world.store.deleteTemplate(template.id, visibleTo: freshID()))
            #expect(try await world.store.template(template.id) == nil)
        },
        PostingContractCase("a private template is deleted by its author alone") { engine in
            let world = try await PostingWorld(engine)
            let author = try #require(AccountReference(world.owner.id.text))
            for visibility in [TemplateVisibility.private, .public] {
                let template = world.sampleTemplate(visibility, by: author)
                #expect(try await world.store.insert(template, limit: 9))
                #expect(try await world.store.deleteTemplate(template.id, visibleTo: freshID()) == (visibility == .public))
            }
            let template = world.sampleTemplate(.private, by: author)
            #expect(try await world.store.insert(template, limit: 9))
            #expect(try await world.store.deleteTemplate(template.id, visibleTo: author))
        },
    ]
}

extension PostingWorld {
    fileprivate func sampleTemplate(
        _ visibility: TemplateVisibility = .internal, by author: AccountReference? = nil, at moment: Date = dawn,
        of organization: OrganizationReference? = nil
    ) -> PostTemplate {
        PostTemplate(
            id: freshID(), organization: organization ?? self.organization, author: author, title: "Title", body: "Body",
            description: "", emoji: "", visibility: visibility, createdAt: moment, updatedAt: moment)
    }
}
