import SluiceAuthority
import SluiceGraphQL
import SluiceOAuth

/// `account` and what hangs on it.
struct AccountFields: Sendable {
    let authority: Authority

    func register(in resolvers: inout ResolverRegistry<Caller>) {
        let authority = authority
        resolvers.resolveAsync("Query", "account") { request in
            guard let account = try await authority.accounts.account(request.context.accountID) else {
                throw GraphQLError.notFound("Account")
            }
            return FieldValue.object(account)
        }
        resolvers.object(Account.self, "Account") { account in
            account.field("id") { $0.id.text }
            account.field("email") { $0.email.text }
            // Accounts have one address so far; the field is Buffer's.
            account.field("backupEmail") { _ in String?.none }
            account.field("avatar") { Avatar($0).dataURL }
            account.field("createdAt") { Timestamp.text($0.createdAt) }
            account.field("timezone") { $0.timeZone }
            account.field("name") { $0.name.text }
            account.field("preferences") { _ in FieldValue.object(Preferences()) }
            account.asyncField("organizations") { account, request in
                let all = try await authority.accounts.organizations(of: account.id)
                guard let filter = InputObject(request.arguments).object("filter") else {
                    return all.map { FieldValue.object($0) }
                }
                let found = all.filter { $0.id.text == filter.text("organizationId") }
                // Somebody else's, deleted, malformed: one answer.
                guard !found.isEmpty else { throw GraphQLError.notFound("Organization") }
                return found.map { FieldValue.object($0) }
            }
            account.asyncField("connectedApps") { account, _ in
                try await authority.apps.list(of: account.id).map { FieldValue.object($0) }
            }
        }
        resolvers.object(Preferences.self, "Preferences") { preferences in
            preferences.field("timeFormat") { $0.timeFormat }
            preferences.field("startOfWeek") { $0.startOfWeek }
            preferences.field("defaultScheduleOption") { $0.defaultScheduleOption }
        }
        resolvers.object(ConnectedApp.self, "ConnectedApp") { app in
            app.field("clientId") { $0.client.id.text }
            app.field("userId") { $0.accountID.text }
            app.field("name") { $0.client.name.text }
            app.field("description") { $0.client.description ?? "" }
            app.field("website") { $0.client.website ?? "" }
            app.field("createdAt") { Timestamp.text($0.firstApprovedAt) }
            app.field("scopes") { $0.scopes.map(\.name) }
            app.field("category") { _ in String?.none }
        }
    }
}

/// How a person likes things shown. Nobody can choose here so far: the pages write 24 hours, weeks of the schedule begin on Monday,
/// and posts go to the queue.
private struct Preferences: Sendable {
    let timeFormat = "24"
    let startOfWeek = "monday"
    let defaultScheduleOption = "Queue"
}
