import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/organizations/{id}/delete`.
struct OrganizationDeleteEndpoint: Sendable {
    let site: Site

    func get(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visitor = try await site.visit(request, context).signedIn()
        return try site.show(try await page(visitor).page, to: visitor.visit)
    }

    func post(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        var (page, organization) = try await page(visitor)
        guard let typed = DisplayName(try form.value("name") ?? ""), typed == organization.name else {
            page.errors = [("name", "This is not the organization’s name. Nothing was deleted.")]
            return try site.show(page, to: visit, status: .badRequest)
        }
        try await site.authority.organizations.delete(
            organization.id, by: .account(visitor.account.id), trace: visit.trace)
        return site.go(to: "/settings/organizations?done=\(Notice.organizationDeleted.rawValue)", visit)
    }

    private func page(_ visitor: SignedInVisit) async throws -> (page: OrganizationDeletePage, organization: Organization) {
        let id: OrganizationID = try visitor.visit.id()
        let organizations = site.authority.organizations
        try await organizations.require(visitor.account.id, in: id, may: \.canDelete)
        guard let organization = try await organizations.organization(id) else { throw OrganizationProblem.notFound }
        let page = OrganizationDeletePage(
            organization: id.text, savedName: organization.name.text,
            memberCount: try await organizations.memberCount(of: id))
        return (page, organization)
    }
}
