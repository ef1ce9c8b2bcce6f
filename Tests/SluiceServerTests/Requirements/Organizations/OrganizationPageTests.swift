import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Organizations, through the pages")
struct OrganizationPageTests {
    private static let forms = ["rename", "transfer", "leave", "delete", "invitations"]

    /// A member of Ada's organization, in a browser.
    private func member(_ ada: Member, _ name: String, as role: Membership.Role) async throws -> Member {
        let member = try await Member(
            ada.installation, "\(name.lowercased())@example.com", name: name, peer: "198.51.100.\(name.utf8.count)")
        try await ada.installation.join(member.account, ada.account, as: role)
        return member
    }

    @Test func `an organization is made, renamed and deleted, within two clicks of Settings`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let settings = try await ada.browser.open("/settings")
        #expect(settings.tags("a").contains { $0["href"] == "/settings/organizations" })
        try await ada.browser.open("/settings/organizations/new")
        let made = try await ada.browser.submit("/settings/organizations", [("name", " Engines ")])
        #expect(made.status == 200 && made.body.contains("<bdi>Engines</bdi>") && made.body.contains("You own it."))
        let path = String(ada.browser.path.prefix { $0 != "?" })
        #expect(made.tags("a").contains { $0["href"] == path + "/channels" })
        let renamed = try await ada.browser.submit("\(path)/rename", [("name", "Looms")])
        #expect(renamed.body.contains("<h1><bdi>Looms</bdi></h1>"))
        let refused = try await ada.browser.submit("\(path)/rename", [("name", "")])
        #expect(refused.status == 400 && refused.body.contains("<h1><bdi>Looms</bdi></h1>"))
        try await ada.browser.open("\(path)/delete")
        let kept = try await ada.browser.submit("\(path)/delete", [("name", "looms")])
        #expect(kept.status == 400 && kept.body.contains("Nothing was deleted"))
        #expect(try await installation.authority.organizations.list(of: ada.account.id).count == 2)
        let deleted = try await ada.browser.submit("\(path)/delete", [("name", "Looms")])
        #expect(deleted.status == 200 && deleted.body.contains("The organization was deleted."))
        #expect(try await ada.browser.open(path).status == 404)
        #expect(try await installation.authority.organizations.list(of: ada.account.id).count == 1)
    }

    @Test func `the form for a new organization, sent twice, makes one`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        try await ada.browser.open("/settings/organizations/new")
        let form = try #require(Form.all(in: ada.browser.page).first { $0.action == "/settings/organizations" })
        for _ in 0..<3 {
            #expect(try await ada.browser.post("/settings/organizations", form.hidden + [("name", "Engines")]).status == 200)
        }
        #expect(try await installation.authority.organizations.list(of: ada.account.id).count == 2)
    }

    @Test(arguments: Membership.Role.allCases)
    func `a page offers what the role allows, and the server refuses the rest`(role: Membership.Role) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let other = try await member(ada, "Other", as: .member)
        let visitor = role == .owner ? ada : try await member(ada, "Visitor", as: role)
        let id = try await installation.organization(of: ada.account).id
        let path = "/settings/organizations/\(id)"
        let page = try await visitor.browser.open(path)
        #expect(page.status == 200)
        let actions = Set(Form.all(in: page.body).map(\.action))
        let isManager = role == .owner || role == .admin
        #expect(actions.contains("\(path)/invitations") == isManager)
        #expect(actions.contains("\(path)/rename") == isManager)
        #expect(actions.contains("\(path)/members/\(other.account.id)/remove") == isManager)
        #expect(actions.contains("\(path)/leave") == (role != .owner))
        #expect(actions.contains("\(path)/transfer") == (role == .owner))
        #expect(!actions.contains("\(path)/members/\(ada.account.id)/role"), "nobody changes the owner")
        #expect(try await visitor.browser.open("\(path)/delete").status == (role == .owner ? 200 : 403))
        try await visitor.browser.open(path)
        let token = [("csrf", try #require(visitor.browser.csrf))]
        let before = try await installation.everything()
        var refused: [(String, [(String, String)])] = []
        if !isManager {
            refused += [
                ("rename", [("name", "Theirs")]), ("members/\(other.account.id)/role", [("role", "admin")]),
                ("members/\(other.account.id)/remove", []),
                ("invitations", [("email", "new@example.com"), ("role", "admin"), ("form_id", "LLLLLLLLLLLLLLLLLLLLLL")]),
            ]
        }
        if role != .owner {
            refused += [("transfer", [("member", visitor.account.email.text)]), ("delete", [("name", "Ada’s organization")])]
        }
        for (form, fields) in refused {
            let answer = try await visitor.browser.postOnly("\(path)/\(form)", token + fields)
            #expect(answer.status == 403 && answer.body.contains("Your role does not allow this"), "\(form)")
        }
        let owner = try await visitor.browser.postOnly("\(path)/members/\(ada.account.id)/remove", token)
        #expect(owner.status == (isManager ? 409 : 403))
        #expect(try await installation.everything() == before)
    }

    @Test func `whoever does not belong to an organization gets the answer of one that never was`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let mallory = try await Member(installation, "mallory@example.com", name: "Mallory", peer: "203.0.113.9")
        let id = try await installation.organization(of: ada.account).id
        let nowhere = "/settings/organizations/ffffffffffffffffffffffff"
        let there = "/settings/organizations/\(id)"
        try await mallory.browser.open("/settings")
        let token = [("csrf", try #require(mallory.browser.csrf))]
        let before = try await installation.everything()
        for suffix in ["", "/delete"] {
            let (one, other) = (try await mallory.browser.open(there + suffix), try await mallory.browser.open(nowhere + suffix))
            #expect(one.status == 404 && other.status == 404 && !one.body.contains("Ada"))
        }
        let fields = [
            ("name", "Ada’s organization"), ("member", "ada@example.com"), ("email", "e@example.com"), ("role", "admin"),
        ]
        let posts = Self.forms + ["members/\(ada.account.id)/role", "members/\(ada.account.id)/remove"]
        for form in posts {
            for path in [there, nowhere] {
                let answer = try await mallory.browser.postOnly("\(path)/\(form)", token + fields)
                #expect(answer.status == 404, "\(form)")
                #expect(!answer.body.contains("ada@example.com"), "\(form)")
            }
        }
        #expect(try await mallory.browser.open("/settings/organizations/nonsense").status == 404)
        #expect(try await installation.everything() == before)
    }

    @Test func `a role is changed, a member removed, and each sees it at once`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await member(ada, "Bob", as: .member)
        let path = "/settings/organizations/\(try await installation.organization(of: ada.account).id)"
        try await ada.browser.open(path)
        let changed = try await ada.browser.submit("\(path)/members/\(bob.account.id)/role", [("role", "admin")])
        #expect(changed.status == 200 && changed.body.contains("The role was changed."))
        #expect(Form.all(in: try await bob.browser.open(path).body).contains { $0.action == "\(path)/rename" })
        let owner = try await ada.browser.submit("\(path)/members/\(bob.account.id)/role", [("role", "owner")])
        #expect(owner.status == 400)
        try await ada.browser.open(path)
        let removed = try await ada.browser.submit("\(path)/members/\(bob.account.id)/remove")
        #expect(removed.status == 200 && !removed.body.contains("bob@example.com"))
        #expect(try await bob.browser.open(path).status == 404)
        let log = try await bob.browser.open("/settings/security-log").body
        #expect(log.contains("Removed from an organization") && log.contains("Role in an organization changed"))
    }

    @Test func `an owner leaves after passing ownership on, and not before`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let bob = try await member(ada, "Bob", as: .contributor)
        let organization = try await installation.organization(of: ada.account)
        let path = "/settings/organizations/\(organization.id)"
        try await ada.browser.open(path)
        let stays = try await ada.browser.post("\(path)/leave", [("csrf", try #require(ada.browser.csrf))])
        #expect(stays.status == 409 && stays.body.contains("until somebody else owns it"))
        try await ada.browser.open(path)
        let nobody = try await ada.browser.submit("\(path)/transfer", [("member", "nobody@example.com")])
        #expect(nobody.status == 400 && nobody.body.contains("Nobody with this address is a member."))
        let passed = try await ada.browser.submit("\(path)/transfer", [("member", "bob@example.com")])
        #expect(passed.status == 200 && passed.body.contains("has a new owner"))
        #expect(try await installation.authority.organizations.organization(organization.id)?.ownerID == bob.account.id)
        let left = try await ada.browser.submit("\(path)/leave")
        #expect(left.status == 200 && left.body.contains("You left the organization."))
        #expect(left.body.contains("You belong to no organization."))
        #expect(try await bob.browser.open(path).body.contains("<strong>Owner</strong>"))
    }
}
