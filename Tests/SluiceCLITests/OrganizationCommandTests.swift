import Foundation
import SluiceAuthority
import SluiceServer
import Testing

@testable import SluiceCLI

@Suite("sluice organization")
struct OrganizationCommandTests {
    private static let members: Set = ["id", "name", "owner_id", "owner_email", "created_at"]

    /// An account's organization.
    private func organization(_ bed: TestBed, of account: String) async throws -> String {
        try #require(
            try await bed.run("organization", "list", "--account", account, "--json").items().first?["id"] as? String)
    }

    /// Lets an account join by an invitation of the operator's.
    private func join(_ bed: TestBed, _ email: String, _ organization: String, as role: String) async throws -> String {
        let account = try await bed.makeAccount(email)
        let json = try await bed.run(
            "organization", "invite", organization, "--email", email, "--role", role, "--json"
        ).json()
        let link = try #require(json["link"] as? String)
        let secret = try #require(InvitationSecret(String(link.suffix(43))))
        var settings = Settings()
        settings.data = bed.data
        try await Installation.with(settings, in: Catcher().surroundings()) { installation in
            let id = try #require(AccountID(account))
            _ = try await installation.authority.organizations.accept(secret, by: id, trace: .commandLine)
        }
        return account
    }

    @Test func `an organization is made, listed, shown, renamed and deleted`() async throws {
        let bed = try TestBed()
        let ada = try await bed.makeAccount()
        let made = try await bed.run("organization", "create", "--account", ada, "--name", "Engines", "--json").json()
        #expect(Set(made.keys) == Self.members)
        #expect(made["owner_id"] as? String == ada && made["owner_email"] as? String == "ada@example.com")
        let id = try #require(made["id"] as? String)
        #expect(
            try await bed.run("organization", "list", "--account", ada, "--json").items().map { $0["name"] as? String }
                == ["Ada’s organization", "Engines"])
        let renamed = try await bed.run("organization", "rename", "--organization", id, "--name", "Looms", "--json").json()
        #expect(Set(renamed.keys) == Self.members && renamed["name"] as? String == "Looms")
        let shown = try await bed.run("organization", "show", id, "--json").json()
        #expect(Set(shown.keys) == Self.members.union(["member_count", "invitations"]))
        #expect(shown["member_count"] as? Int == 1)
        let deleted = try await bed.run("organization", "delete", id, "--json").json()
        #expect(Set(deleted.keys) == ["id", "deleted"])
        #expect(try await bed.run("organization", "list", "--json").items().count == 1)
        #expect(await bed.run("organization", "show", id).status == .notFound)
        #expect(await bed.run("organization", "delete", id).status == .notFound)
    }

    @Test func `an invitation's link is shown once, and withdrawing it closes it`() async throws {
        let bed = try TestBed()
        let ada = try await bed.makeAccount()
        let id = try await organization(bed, of: ada)
        let json = try await bed.run(
            "organization", "invite", id, "--email", "Bob@Example.com", "--json", environment: ["SLUICE_PORT": "8123"]
        ).json()
        #expect(Set(json.keys) == ["id", "organization_id", "email", "role", "link", "expires_at"])
        #expect(json["email"] as? String == "bob@example.com" && json["role"] as? String == "member")
        let link = try #require(json["link"] as? String)
        #expect(link.hasPrefix("http://127.0.0.1:8123/invitations/"))
        let secret = String(link.suffix(43))
        let invitation = try #require(json["id"] as? String)
        for command in [["organization", "show", id], ["organization", "show", id, "--json"], ["audit", "list", "--json"]] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.output.contains(invitation) && !run.output.contains(secret))
        }
        #expect(
            try await bed.run("organization", "withdraw", id, "--invitation", invitation, "--json").json()["withdrawn"]
                as? Bool == true)
        #expect(await bed.run("organization", "withdraw", id, "--invitation", invitation).status == .notFound)
        let pasted = await bed.run("organization", "withdraw", id, "--invitation", secret)
        #expect(pasted.status == .invalid && !pasted.notes.contains(secret))
        #expect(await bed.run("organization", "invite", id, "--email", "ada@example.com").status == .refused)
        #expect(await bed.run("organization", "invite", id, "--email", "nobody").status == .invalid)
        #expect(await bed.run("organization", "invite", id, "--email", "b@example.com", "--role", "owner").status == .usage)
        #expect(await bed.run("organization", "invite", id, "--email", "b@example.com", "--role", "boss").status == .usage)
    }

    @Test func `members are listed, change roles, take the organization over, and are removed`() async throws {
        let bed = try TestBed()
        let ada = try await bed.makeAccount()
        let id = try await organization(bed, of: ada)
        let bob = try await join(bed, "bob@example.com", id, as: "contributor")
        func roles() async throws -> [String: String] {
            let items = try await bed.run("organization", "members", id, "--json").items()
            for item in items { #expect(Set(item.keys) == ["account_id", "email", "name", "role", "joined_at"]) }
            return Dictionary(
                uniqueKeysWithValues: items.map { ($0["account_id"] as? String ?? "", $0["role"] as? String ?? "") })
        }
        #expect(try await roles() == [ada: "owner", bob: "contributor"])
        let changed = try await bed.run(
            "organization", "role", id, "--account", "bob@example.com", "--role", "admin", "--json"
        ).json()
        #expect(Set(changed.keys) == ["organization_id", "account_id", "role"])
        #expect(try await roles() == [ada: "owner", bob: "admin"])
        #expect(await bed.run("organization", "remove", id, "--account", ada).status == .refused)
        let passed = try await bed.run("organization", "transfer", id, "--account", bob, "--json").json()
        #expect(Set(passed.keys) == Self.members && passed["owner_id"] as? String == bob)
        #expect(try await roles() == [ada: "admin", bob: "owner"])
        let removed = try await bed.run("organization", "remove", id, "--account", ada, "--json").json()
        #expect(Set(removed.keys) == ["organization_id", "account_id", "removed"])
        #expect(try await roles() == [bob: "owner"])
        #expect(await bed.run("organization", "remove", id, "--account", ada).status == .notFound)
        let first = try await bed.run("organization", "list", "--limit", "1", "--json").json()
        #expect((first["items"] as? [Any])?.count == 1 && first["next"] is String)
    }

    @Test(arguments: [
        (["show"], Outcome.usage), (["show", "nonsense"], .invalid), (["show", String(repeating: "0", count: 24)], .notFound),
        (["create", "--account", "nobody@example.com", "--name", "N"], .notFound),
        (["create", "--account", "ada@example.com", "--name", " "], .invalid),
        (["list", "--account", "ada@example.com", "--after", "x"], .usage),
    ])
    func `what is wrong is told by the exit code`(arguments: [String], status: Outcome) async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        let run = await bed.run(
            ["organization"] + arguments, input: "", environment: ["SLUICE_DATA": bed.data])
        #expect(run.status == status, "\(run.notes)")
        #expect(try await bed.run("organization", "list", "--json").items().count == 1)
    }
}
