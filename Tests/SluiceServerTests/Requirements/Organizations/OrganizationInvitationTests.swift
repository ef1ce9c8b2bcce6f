import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Invitations, through the pages")
struct OrganizationInvitationTests {
    /// Ada invites an address through the pages.
    /// - Returns: The path of the link.
    private func invite(_ ada: Member, _ email: String, as role: String = "member") async throws -> String {
        let id = try await ada.installation.organization(of: ada.account).id
        try await ada.browser.open("/settings/organizations/\(id)")
        let answer = try await ada.browser.submit(
            "/settings/organizations/\(id)/invitations", [("email", email), ("role", role)])
        #expect(answer.status == 200)
        let link = try #require(answer.field("invitation-link"))
        #expect(link.hasPrefix("http://127.0.0.1:8080/invitations/"))
        return String(link.dropFirst("http://127.0.0.1:8080".count))
    }

    private func role(_ account: Account, in organization: Organization, _ installation: Installation) async throws
        -> Membership.Role?
    {
        try await installation.authority.organizations.membership(of: account.id, in: organization.id)?.role
    }

    @Test func `whoever has an account signs in, comes back to the link, and joins`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await installation.account("bob@example.com", name: "Bob")
        let link = try await invite(ada, "Bob@Example.com", as: "contributor")
        let browser = Browser(installation, peer: "192.0.2.8")
        #expect(try await browser.open(link).body.contains("<h1>Sign in</h1>"))
        let page = try await browser.submit("/sign-in", [("email", "bob@example.com"), ("password", Member.password)])
        #expect(browser.path == link)
        #expect(page.body.contains("Join") && page.body.contains("Ada’s organization") && page.body.contains("Contributor"))
        #expect(page.title == "Invitation · Sluice", "no name and no secret in a title")
        let organization = try await installation.organization(of: ada.account)
        #expect(try await role(bob, in: organization, installation) == nil, "looking is not joining")
        let joined = try await browser.submit(link, [("decision", "accept")])
        #expect(joined.status == 200 && joined.body.contains("You joined."))
        #expect(browser.path.hasPrefix("/settings/organizations/\(organization.id)"))
        #expect(try await role(bob, in: organization, installation) == .contributor)
        // The link, and the form sent again, lead to where they are by now.
        for _ in 0..<2 {
            #expect(try await browser.open(link).status == 200)
            #expect(browser.path == "/settings/organizations/\(organization.id)")
        }
    }

    @Test func `whoever has no account makes one first and comes back to the link`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let link = try await invite(ada, "new@example.com")
        let browser = Browser(installation, peer: "192.0.2.8")
        let signIn = try await browser.open(link)
        let way = try #require(signIn.tags("a").compactMap { $0["href"] }.first { $0.hasPrefix("/sign-up") })
        try await browser.open(Form.unescaped(way))
        let page = try await browser.submit(
            "/sign-up", [("email", "new@example.com"), ("name", "New"), ("password", Member.password)])
        #expect(browser.path == link && page.body.contains("Join"))
        try await browser.submit(link, [("decision", "accept")])
        let account = try #require(try await installation.authority.accounts.account(email: "new@example.com"))
        #expect(try await installation.authority.accounts.organizations(of: account.id).count == 2)
    }

    @Test(arguments: [AuthorityConfiguration.SignUpPolicy.closed, .invite])
    func `where nobody may sign up, an open invitation lets whoever it is for`(policy: AuthorityConfiguration.SignUpPolicy)
        async throws
    {
        let installation = try await Installation {
            $0.signUpPolicy = policy
            $0.invitation = "open sesame"
        }
        let invited = try await installation.invite("new@example.com", by: try await installation.account())
        let link = "/invitations/\(invited.secret.text)"
        let browser = Browser(installation, peer: "192.0.2.8")
        let signIn = try await browser.open(link)
        let way = try #require(signIn.tags("a").compactMap { $0["href"] }.first { $0.hasPrefix("/sign-up") })
        let form = try await browser.open(Form.unescaped(way))
        #expect(form.status == 200 && !form.body.contains("new@example.com"), "the link alone does not tell whose it is")
        func signUp(_ email: String) async throws -> TestResponse {
            try await browser.submit("/sign-up", [("email", email), ("name", "New"), ("password", Member.password)])
        }
        let other = try await signUp("eve@example.com")
        #expect((400..<500).contains(other.status) && other.tags("p").contains { $0["id"] == "email-error" })
        #expect(try await installation.authority.accounts.account(email: "eve@example.com") == nil)
        let page = try await signUp("New@Example.com")
        #expect(browser.path == link && page.body.contains("Join"))
        #expect(try await browser.submit(link, [("decision", "accept")]).body.contains("You joined."))
        // Used: nobody else comes in by it, not even with the address that was invited.
        let second = Browser(installation, peer: "192.0.2.9")
        #expect(try await second.open(link).body.contains("/sign-up") == (policy == .invite))
        #expect(try await installation.authority.accounts.list(SliceRequest(limit: 10)).elements.count == 2)
    }

    @Test(arguments: ["expired", "withdrawn", "declined", "inviter demoted", "made up", "no link"])
    func `an invitation that is not open opens no sign-up`(why: String) async throws {
        let installation = try await Installation { $0.signUpPolicy = .closed }
        let ada = try await installation.account()
        let organizations = installation.authority.organizations
        let id = try await installation.organization(of: ada).id
        var invited = try await installation.invite("new@example.com", by: ada)
        var secret = invited.secret.text
        switch why {
        case "expired": installation.clock.advance(by: AuthorityLimits.invitationLifetime / .seconds(1))
        case "withdrawn":
            try await organizations.withdraw(invited.invitation.id, of: id, by: .account(ada.id), trace: .commandLine)
        case "declined":
            let new = try await installation.account("new@example.com", name: "New")
            try await organizations.decline(invited.secret, by: new.id, trace: .commandLine)
        case "inviter demoted":
            let admin = try await installation.account("admin@example.com", name: "Admin")
            try await installation.join(admin, ada, as: .admin)
            invited = try await organizations.invite(
                "new@example.com", to: id, as: .member, by: .account(admin.id), trace: .commandLine)
            secret = invited.secret.text
            try await organizations.change(admin.id, in: id, to: .member, by: .account(ada.id), trace: .commandLine)
        case "made up": secret = String(repeating: "A", count: 43)
        default: secret = ""
        }
        let browser = Browser(installation, peer: "192.0.2.8")
        let path = "/invitations/\(secret)"
        let query = "?" + Parameters.encode([("continue", path)])
        #expect(!(try await browser.open("/sign-in" + query)).body.contains("/sign-up"))
        #expect(try await browser.open("/sign-up" + query).body.contains("Sign-up is closed"))
        try await browser.open("/sign-in")
        let before = try await installation.everything()
        let forced = try await browser.postOnly(
            "/sign-up",
            [
                ("csrf", try #require(browser.csrf)), ("continue", path), ("email", "new@example.com"), ("name", "New"),
                ("password", Member.password),
            ])
        #expect(forced.status == 403)
        #expect(try await installation.everything() == before)
    }

    @Test func `declining closes the invitation and joins nothing`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let link = try await invite(ada, "bob@example.com")
        try await bob.browser.open(link)
        #expect(try await bob.browser.submit(link, [("decision", "decline")]).body.contains("You declined"))
        #expect(try await bob.browser.open(link).status == 410)
        #expect(try await installation.authority.accounts.organizations(of: bob.account.id).count == 1)
        #expect(try await bob.events.first?.kind == .invitationDeclined)
    }

    @Test func `an invitation for another address shows whose it is, stays open, and joins nobody else`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let eve = try await Member(installation, "eve@example.com", name: "Eve", peer: "203.0.113.9")
        let link = try await invite(ada, "bob@example.com")
        let page = try await eve.browser.open(link)
        #expect(page.status == 403 && page.body.contains("bob@example.com"))
        #expect(page.tags("form").allSatisfy { $0["action"] == "/sign-out" })
        try await eve.browser.open("/settings")
        let token = try #require(eve.browser.csrf)
        for decision in ["accept", "decline"] {
            let answer = try await eve.browser.postOnly(link, [("csrf", token), ("decision", decision)])
            #expect(answer.status == 403)
        }
        #expect(try await installation.authority.accounts.organizations(of: eve.account.id).count == 1)
        let id = try await installation.organization(of: ada.account).id
        #expect(try await installation.store.openInvitations(of: id, at: installation.clock.now).count == 1)
    }

    @Test(arguments: ["withdrawn", "expired", "used", "replaced", "of a demoted admin", "made up", "malformed"])
    func `a closed invitation is refused by one answer, whatever closed it`(why: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let organization = try await installation.organization(of: ada.account)
        let organizations = installation.authority.organizations
        var link = try await invite(ada, "bob@example.com")
        switch why {
        case "withdrawn":
            try await ada.browser.open("/settings/organizations/\(organization.id)")
            let form = try #require(Form.all(in: ada.browser.page).first { $0.action.hasSuffix("/withdraw") })
            #expect(try await ada.browser.submit(form.action).body.contains("was withdrawn"))
        case "expired": installation.clock.advance(by: 7 * 86_400)
        case "used":
            try await bob.browser.open(link)
            try await bob.browser.submit(link, [("decision", "accept")])
            try await organizations.leave(organization.id, bob.account.id, trace: .commandLine)
        case "replaced": _ = try await invite(ada, "bob@example.com")
        case "of a demoted admin":
            let admin = try await installation.account("admin@example.com")
            try await installation.join(admin, ada.account, as: .admin)
            let invited = try await organizations.invite(
                "bob@example.com", to: organization.id, as: .admin, by: .account(admin.id), trace: .commandLine)
            link = "/invitations/\(invited.secret.text)"
            try await organizations.change(
                admin.id, in: organization.id, to: .member, by: .account(ada.account.id), trace: .commandLine)
        case "made up": link = "/invitations/\(String(repeating: "A", count: 43))"
        default: link = "/invitations/%00"
        }
        let page = try await bob.browser.open(link)
        #expect(page.status == 410 && page.body.contains("no longer open"), "\(page.status)")
        #expect(!page.body.contains("Ada"), "the link alone tells nothing")
        try await bob.browser.open("/settings")
        let token = try #require(bob.browser.csrf)
        let answer = try await bob.browser.postOnly(link, [("csrf", token), ("decision", "accept")])
        #expect(answer.status == 410)
        #expect(try await role(bob.account, in: organization, installation) == nil)
    }

    @Test func `of one invitation accepted many times at once one joins, and the others see that it is done`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await Member(installation, "bob@example.com", name: "Bob", peer: "192.0.2.8")
        let link = try await invite(ada, "bob@example.com")
        try await bob.browser.open(link)
        let form = try #require(Form.all(in: bob.browser.page).first { $0.action == link })
        let locations = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await bob.browser.postOnly(link, form.hidden + [("decision", "accept")]).location ?? "-"
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        let path = "/settings/organizations/\(try await installation.organization(of: ada.account).id)"
        #expect(locations.count { $0 == path + "?done=organization-joined" } == 1)
        #expect(locations.count { $0 == path } == 19)
        #expect(try await bob.events.count { $0.kind == .memberJoined } == 1)
    }

    @Test func `a link is shown once, and neither log nor list nor audit has it`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let id = try await installation.organization(of: ada.account).id
        let action = "/settings/organizations/\(id)/invitations"
        try await ada.browser.open("/settings/organizations/\(id)")
        let form = try #require(Form.all(in: ada.browser.page).first { $0.action == action })
        let fields = form.hidden + [("email", "bob@example.com"), ("role", "member")]
        let first = try await ada.browser.postOnly(action, fields)
        let link = try #require(first.field("invitation-link"))
        let secret = String(link.suffix(43))
        let again = try await ada.browser.postOnly(action, fields)
        #expect(again.status == 409 && !again.body.contains(secret))
        #expect(try await installation.store.openInvitations(of: id, at: installation.clock.now).count == 1)
        // Followed, with and without an account.
        try await Browser(installation).open("/invitations/\(secret)")
        try await ada.browser.open("/invitations/\(secret)")
        for path in ["/settings/organizations/\(id)", "/settings/security-log", "/metrics"] {
            #expect(!(try await ada.browser.open(path)).body.contains(secret), "\(path)")
        }
        #expect(!installation.log.text.contains(secret))
        #expect(!(try await installation.everything()).contains(secret))
    }

    @Test func `an address cannot be invited twice over, or where it is a member, or as an owner`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let id = try await installation.organization(of: ada.account).id
        for (fields, words) in [
            ([("email", "ada@example.com"), ("role", "member")], "is a member already"),
            ([("email", "nobody"), ("role", "member")], "Enter an email address"),
            ([("email", "bob@example.com"), ("role", "owner")], "Choose one of the listed roles"),
            ([("email", "bob@example.com")], "Choose one of the listed roles"),
        ] {
            try await ada.browser.open("/settings/organizations/\(id)")
            let answer = try await ada.browser.submit("/settings/organizations/\(id)/invitations", fields)
            #expect(answer.status == 400 && answer.body.contains(words), "\(words)")
            #expect(answer.title.hasPrefix("Error: "))
        }
        #expect(try await installation.store.openInvitations(of: id, at: installation.clock.now).isEmpty)
        for number in 0..<AuthorityLimits.invitations {
            _ = try await installation.invite("p\(number)@example.com", by: ada.account)
        }
        try await ada.browser.open("/settings/organizations/\(id)")
        let full = try await ada.browser.submit(
            "/settings/organizations/\(id)/invitations", [("email", "more@example.com"), ("role", "member")])
        #expect(full.status == 400 && full.body.contains("Withdraw one"))
    }
}
