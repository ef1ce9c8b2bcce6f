import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/organizations/…`: the list, making one, and what is done with one as a whole.
struct OrganizationEndpoints: Sendable {
    let site: Site

    private var organizations: Organizations { site.authority.organizations }

    func list(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        let page = ListPage(
            try await organizations.list(of: visitor.account.id),
            after: try visitor.visit.query().value("organizations")
        ) { $0.organization.id.text }
        return try site.show(
            OrganizationsPage(
                organizations: page.elements.map { organization, membership in
                    .init(
                        id: organization.id.text, name: organization.name.text, role: membership.role.word,
                        ownerEmail: organization.ownerEmail.text, joined: Moment(membership.joinedAt))
                }, moreOrganizations: page.nextQuery("organizations")),
            to: visitor.visit, notice: Notice(visitor.visit))
    }

    func new(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(OrganizationNewPage(formID: site.authority.proofs.formID()), to: visitor.visit)
    }

    func create(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let name = try form.value("name") ?? ""
        do {
            let made = try await organizations.create(
                name, for: visitor.account.id, formID: try form.value("form_id"), trace: visit.trace)
            return go(to: made.id, .organizationMade, visit)
        } catch OrganizationProblem.formRepeated {
            // Nothing was shown that could be lost: the list has what was made the first time.
            return site.go(to: "/settings/organizations?done=\(Notice.organizationMade.rawValue)", visit)
        } catch let problem as OrganizationProblem {
            guard let errors = problem.formErrors else { throw problem }
            let page = OrganizationNewPage(
                formID: site.authority.proofs.formID(), name: String(name.prefix(100)), errors: errors)
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(
            try await OrganizationPages(site: site).page(visitor), to: visitor.visit, notice: Notice(visitor.visit))
    }

    func rename(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let name = try form.value("name") ?? ""
        do {
            let id: OrganizationID = try visit.id()
            try await organizations.rename(id, to: name, by: .account(visitor.account.id), trace: visit.trace)
            return go(to: id, .organizationRenamed, visit)
        } catch OrganizationProblem.nameInvalid {
            // Also tells whoever may not see it that there is nothing.
            var page = try await OrganizationPages(site: site).page(visitor)
            page.name = String(name.prefix(100))
            page.errors = OrganizationProblem.nameInvalid.formErrors ?? []
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func transfer(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let email = try form.value("member") ?? ""
        let id: OrganizationID = try visit.id()
        // First of all: who is a member is nothing for others.
        try await organizations.require(visitor.account.id, in: id, may: \.canTransferOwnership)
        do {
            let member = try await organizations.member(email, of: id)
            try await organizations.transfer(id, to: member, by: .account(visitor.account.id), trace: visit.trace)
            return go(to: id, .ownershipPassed, visit)
        } catch let problem as OrganizationProblem {
            guard let errors = problem.formErrors else { throw problem }
            var page = try await OrganizationPages(site: site).page(visitor)
            page.newOwner = String(email.prefix(254))
            page.transferErrors = errors
            return try site.show(page, to: visit, status: .badRequest)
        }
    }

    func leave(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        try await organizations.leave(visit.id(), visitor.account.id, trace: visit.trace)
        return site.go(to: "/settings/organizations?done=\(Notice.organizationLeft.rawValue)", visit)
    }

    private func go(to id: OrganizationID, _ notice: Notice, _ visit: Visit) -> Response {
        site.go(to: "/settings/organizations/\(id)?done=\(notice.rawValue)", visit)
    }
}
