import Foundation
import SluiceAuthority
import Testing

@Suite struct OrganizationsTests {
    private func scene() async throws -> (fixture: Fixture, ada: Account, id: OrganizationID) {
        let fixture = try await Fixture()
        let ada = try await fixture.account()
        let id = try #require(await fixture.authority.organizations.list(of: ada.id).first).organization.id
        return (fixture, ada, id)
    }

    @Test func `whoever does not belong to an organization cannot tell it from one that is not there`() async throws {
        let (fixture, _, id) = try await scene()
        let eve = try await fixture.account("eve@example.com")
        let organizations = fixture.authority.organizations
        for wanted in [id, OrganizationID(random: .system)] {
            await #expect(throws: OrganizationProblem.notFound) {
                try await organizations.require(eve.id, in: wanted, may: \.canView)
            }
            await #expect(throws: OrganizationProblem.notFound) {
                try await organizations.rename(wanted, to: "Mine", by: .account(eve.id), trace: fixture.trace)
            }
            await #expect(throws: OrganizationProblem.notFound) {
                try await organizations.members(of: wanted, for: .account(eve.id), SliceRequest())
            }
            await #expect(throws: OrganizationProblem.notFound) {
                try await organizations.openInvitations(of: wanted, for: .account(eve.id))
            }
        }
    }

    @Test(arguments: Membership.Role.allCases)
    func `a role is asked for what it allows`(_ role: Membership.Role) async throws {
        let (fixture, ada, id) = try await scene()
        let member = role == .owner ? ada : try await fixture.join("bob@example.com", id, by: ada, as: role)
        let organizations = fixture.authority.organizations
        #expect(try await organizations.require(member.id, in: id, may: \.canView).role == role)
        if role.canManageChannels {
            #expect(try await organizations.require(member.id, in: id, may: \.canManageChannels).role == role)
        } else {
            await #expect(throws: OrganizationProblem.forbidden(role)) {
                try await organizations.require(member.id, in: id, may: \.canManageChannels)
            }
        }
    }

    @Test func `neither an invitation nor a change makes an owner`() async throws {
        let (fixture, ada, id) = try await scene()
        let bob = try await fixture.join("bob@example.com", id, by: ada, as: .member)
        await #expect(throws: OrganizationProblem.roleInvalid) {
            try await fixture.authority.organizations.invite(
                "carol@example.com", to: id, as: .owner, by: .account(ada.id), trace: fixture.trace)
        }
        await #expect(throws: OrganizationProblem.roleInvalid) {
            try await fixture.authority.organizations.change(
                bob.id, in: id, to: .owner, by: .account(ada.id), trace: fixture.trace)
        }
        #expect(try await fixture.authority.organizations.organization(id)?.ownerID == ada.id)
    }

    @Test func `what changes nothing is not written down`() async throws {
        let (fixture, ada, id) = try await scene()
        let bob = try await fixture.join("bob@example.com", id, by: ada, as: .member)
        let organizations = fixture.authority.organizations
        let name = try #require(await organizations.organization(id)).name.text
        try await organizations.rename(id, to: " \(name) ", by: .account(ada.id), trace: fixture.trace)
        try await organizations.change(bob.id, in: id, to: .member, by: .account(ada.id), trace: fixture.trace)
        let kinds = try await fixture.store.events(account: nil, SliceRequest(limit: 200)).elements.map(\.kind)
        #expect(!kinds.contains(.organizationRenamed) && !kinds.contains(.memberRoleChanged))
    }

    @Test func `the audit log says who did what, and holds neither secret nor address`() async throws {
        let (fixture, ada, id) = try await scene()
        let invited = try await fixture.authority.organizations.invite(
            "bob@example.com", to: id, as: .member, by: .account(ada.id), trace: fixture.trace)
        let bob = try await fixture.account("bob@example.com")
        _ = try await fixture.authority.organizations.accept(invited.secret, by: bob.id, trace: fixture.trace)
        try await fixture.authority.organizations.remove(bob.id, from: id, by: .commandLine, trace: .commandLine)
        let events = try await fixture.store.events(account: nil, SliceRequest(limit: 200)).elements
        #expect(events.first?.kind == .memberRemoved)
        #expect(events.first?.accountID == bob.id)
        #expect(events.first?.details.contains(.init("by", "operator")) == true)
        #expect(events.contains { $0.kind == .memberJoined && $0.details.contains(.init("by", ada.id.text)) })
        let log = events.map { "\($0)" }.joined()
        #expect(!log.contains(invited.secret.text) && !log.contains("bob@"))
        #expect(!"\(invited)".contains(invited.secret.text) && !"\(invited.secret)".contains(invited.secret.text))
    }

    @Test func `an invitation ends seven days after it was made`() async throws {
        let (fixture, ada, id) = try await scene()
        let bob = try await fixture.account("bob@example.com")
        let invited = try await fixture.authority.organizations.invite(
            "bob@example.com", to: id, as: .member, by: .account(ada.id), trace: fixture.trace)
        fixture.clock.advance(by: 7 * 86_400 - 1)
        #expect(try await fixture.authority.organizations.received(invited.secret)?.isOpen == true)
        fixture.clock.advance(by: 1)
        #expect(try await fixture.authority.organizations.received(invited.secret)?.isOpen == false)
        await #expect(throws: OrganizationProblem.invitationClosed) {
            try await fixture.authority.organizations.accept(invited.secret, by: bob.id, trace: fixture.trace)
        }
    }

    @Test(arguments: [
        ("one short", String(repeating: "a", count: 42)), ("one long", String(repeating: "A", count: 44)),
        ("another alphabet", String(repeating: "+", count: 43)), ("nothing", ""),
    ])
    func `what was never an invitation's secret is none`(why: String, text: String) {
        #expect(InvitationSecret(text) == nil, "\(why)")
    }

    @Test func `names and addresses are checked before anything is kept`() async throws {
        let (fixture, ada, id) = try await scene()
        let organizations = fixture.authority.organizations
        await #expect(throws: OrganizationProblem.nameInvalid) {
            try await organizations.create(" ", for: ada.id, trace: fixture.trace)
        }
        await #expect(throws: OrganizationProblem.nameInvalid) {
            try await organizations.rename(id, to: "a\nb", by: .account(ada.id), trace: fixture.trace)
        }
        await #expect(throws: OrganizationProblem.emailInvalid) {
            try await organizations.invite("nobody", to: id, as: .member, by: .account(ada.id), trace: fixture.trace)
        }
        await #expect(throws: OrganizationProblem.accountUnknown) {
            try await organizations.create("New", for: AccountID(random: .system), trace: fixture.trace)
        }
        #expect(try await organizations.list(of: ada.id).count == 1)
    }
}

extension Fixture {
    /// An account that joined by an invitation.
    func join(_ email: String, _ id: OrganizationID, by inviter: Account, as role: Membership.Role) async throws -> Account {
        let invited = try await authority.organizations.invite(
            email, to: id, as: role, by: .account(inviter.id), trace: trace)
        let account = try await account(email)
        _ = try await authority.organizations.accept(invited.secret, by: account.id, trace: trace)
        return account
    }
}
