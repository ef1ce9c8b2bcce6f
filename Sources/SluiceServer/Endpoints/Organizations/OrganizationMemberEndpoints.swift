import HTTPTypes
import Hummingbird
import SluiceAuthority
import SluiceOAuth

/// `/settings/organizations/{id}/members/…`.
struct OrganizationMemberEndpoints: Sendable {
    let site: Site

    func changeRole(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        let form = try await site.form(visit)
        let visitor = try visit.signedIn()
        let id: OrganizationID = try visit.id()
        guard let role = try form.value("role").flatMap(Membership.Role.init) else {
            throw OrganizationProblem.roleInvalid
        }
        try await site.authority.organizations.change(
            visit.id("account_id"), in: id, to: role, by: .account(visitor.account.id), trace: visit.trace)
        return site.go(to: "/settings/organizations/\(id)?done=\(Notice.roleChanged.rawValue)", visit)
    }

    func remove(_ request: Request, _ context: SluiceContext) async throws -> Response {
        let visit = try await site.visit(request, context)
        _ = try await site.form(visit)
        let visitor = try visit.signedIn()
        let id: OrganizationID = try visit.id()
        try await site.authority.organizations.remove(
            visit.id("account_id"), from: id, by: .account(visitor.account.id), trace: visit.trace)
        return site.go(to: "/settings/organizations/\(id)?done=\(Notice.memberRemoved.rawValue)", visit)
    }
}
