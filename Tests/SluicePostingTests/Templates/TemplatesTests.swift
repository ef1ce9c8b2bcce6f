import Foundation
import Testing

@testable import SluicePosting

@Suite("Templates")
struct TemplatesTests {
    private let world: World
    private let other: AccountReference

    init() throws {
        world = try World()
        other = AccountReference(random: world.surroundings.environment.random)
    }

    private func create(_ visibility: TemplateVisibility, title: String = "Launch", body: String = "We are live!") async throws
        -> PostTemplate
    {
        try await world.posting.templates.create(
            TemplateDraft(
                organization: world.organization, author: world.author, title: title, body: body, visibility: visibility))
    }

    @Test func `a private template is its author's alone`() async throws {
        let templates = world.posting.templates
        let template = try await create(.private)
        #expect(try await templates.list(of: world.organization, visibleTo: world.author).elements == [template])
        #expect(try await templates.list(of: world.organization, visibleTo: other).elements == [])
        #expect(template.isVisible(to: world.author) && !template.isVisible(to: other))
        await #expect(throws: PostingError.notFound("Template")) {
            try await templates.update(template.id, by: other, TemplateEdit(title: "Mine"))
        }
        await #expect(throws: PostingError.notFound("Template")) { try await templates.delete(template.id, by: other) }
        #expect(try await templates.template(template.id) == template)
    }

    @Test(arguments: [TemplateVisibility.internal, .public])
    func `others of the organization see and change what is not private`(visibility: TemplateVisibility) async throws {
        let templates = world.posting.templates
        let template = try await create(visibility)
        world.now += 60
        let edited = try await templates.update(template.id, by: other, TemplateEdit(title: "Other"))
        #expect(edited.title == "Other" && edited.body == template.body && edited.updatedAt == world.now)
        await #expect(throws: PostingError.conflict("Only its author can make a template private")) {
            try await templates.update(template.id, by: other, TemplateEdit(visibility: .private))
        }
        #expect(try await templates.list(of: world.organization, visibleTo: other, visibility: visibility).total == 1)
        try await templates.delete(template.id, by: other)
        await #expect(throws: PostingError.notFound("Template")) { try await templates.delete(template.id, by: other) }
        await #expect(throws: PostingError.notFound("Template")) {
            try await templates.update(template.id, by: other, TemplateEdit())
        }
    }

    @Test func `a template has bounds, and an edit that breaks them changes nothing`() async throws {
        let tooMuch = PostingError.invalid([
            "The title of a template has 1 to 200 characters", "The body of a template has 1 to 10000 characters",
        ])
        await #expect(throws: tooMuch) { try await create(.private, title: " ", body: "") }
        await #expect(throws: tooMuch) {
            try await create(.private, title: String(repeating: "a", count: 201), body: String(repeating: "a", count: 10_001))
        }
        let template = try await create(.private)
        await #expect(
            throws: PostingError.invalid([
                "The description of a template has at most 1000 characters", "The emoji of a template has at most 16 characters",
            ])
        ) {
            try await world.posting.templates.update(
                template.id, by: world.author,
                TemplateEdit(
                    title: "New", description: String(repeating: "a", count: 1_001), emoji: String(repeating: "a", count: 17)))
        }
        #expect(try await world.posting.templates.template(template.id) == template)
    }

    @Test func `there is an end to templates`() async throws {
        var limits = PostingLimits()
        limits.templates = 1
        let world = try World(limits: limits)
        let draft = TemplateDraft(organization: world.organization, author: world.author, title: "a", body: "b")
        _ = try await world.posting.templates.create(draft)
        await #expect(throws: PostingError.self) { try await world.posting.templates.create(draft) }
    }
}
