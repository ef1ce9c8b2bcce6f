import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth
import SluicePosting

/// `/settings/organizations/:id/tags`.
struct TagEndpoints: Sendable {
    let site: Site

    private var tags: Tags { site.posting.tags }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let member = try await MemberVisit(visitor, site, may: \.canView)
        let page = try await page(member)
        return try site.show(page, to: member.visit, notice: Notice(member.visit))
    }

    func add(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let member = try await MemberVisit(try visit.signedIn(), site, may: \.canManageSettings)
        let typed = try Typed(form)
        var page = try await page(member)
        page.name = typed.name
        page.colors = Self.colors(typed.color)
        page.errors = typed.errors
        guard typed.errors.isEmpty, let color = typed.color else {
            return try site.show(page, to: visit, status: .badRequest)
        }
        do {
            _ = try await tags.add(named: typed.name, color: color, to: member.reference)
            return site.go(to: "\(member.path)/tags?done=\(Notice.tagAdded.rawValue)", visit)
        } catch let error as PostingError {
            for entry in try FormErrors(error).entries { page.errors.add(entry.message, at: "name") }
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func save(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await change(request, context, done: .tagSaved) { tag, form, page in
            let typed = try Typed(form)
            guard typed.errors.isEmpty, let color = typed.color else {
                for entry in typed.errors.entries { page.editErrors.add(entry.message) }
                return
            }
            var new = tag
            new.name = typed.name
            new.color = color
            try await tags.update(new)
        }
    }

    func remove(_ request: Request, _ context: SluiceContext) async throws -> Response {
        try await change(request, context, done: .tagRemoved) { tag, _, _ in
            try await tags.remove(tag.id, of: tag.organization)
        }
    }

    private func change(
        _ request: Request, _ context: SluiceContext, done notice: Notice,
        _ step: (Tag, SluiceOAuth.Parameters, inout TagPage) async throws -> Void
    ) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let member = try await MemberVisit(try visit.signedIn(), site, may: \.canManageSettings)
        guard let text = context.parameters.get("tag"), let id = TagID(text),
            let tag = try await tags.tags([id]).first, tag.organization == member.reference
        else { throw Problem.notFound }
        var page = try await page(member)
        do { try await step(tag, form, &page) } catch let error as PostingError { page.editErrors = try FormErrors(error) }
        guard page.editErrors.isEmpty else { return try site.show(page, to: visit, status: .badRequest) }
        return site.go(to: "\(member.path)/tags?done=\(notice.rawValue)", visit)
    }

    private func page(_ member: MemberVisit) async throws -> TagPage {
        let all = try await tags.list(of: member.reference)
        let after = member.visit.request.method == .get ? try member.visit.query().value("after") : nil
        let part = ListPage(all, after: after) { $0.id.text }
        return TagPage(
            place: member.place(.tags), canManage: member.role.canManageSettings,
            tags: part.elements.map {
                .init(id: $0.id.text, name: $0.name, color: $0.color.rawValue, colors: Self.colors($0.color))
            },
            more: part.nextQuery("after"), colors: Self.colors(.teal))
    }

    private static func colors(_ chosen: TagColor?) -> [TagPage.Color] {
        TagColor.allCases.map { .init(value: $0.rawValue, isChosen: $0 == chosen) }
    }

    /// What was typed, and what is wrong with it.
    private struct Typed {
        let name: String
        let color: TagColor?
        let errors: FormErrors

        init(_ form: SluiceOAuth.Parameters) throws {
            name = String((try form.value("name") ?? "").prefix(200))
            color = try form.value("color").flatMap(TagColor.init)
            var errors = FormErrors()
            if !(1...Tags.nameLimit).contains(name.count) {
                errors.add("Enter a word of 1 to \(Tags.nameLimit) characters.", at: "name")
            }
            if color == nil { errors.add("Choose one of the colours.", at: "color") }
            self.errors = errors
        }
    }
}
