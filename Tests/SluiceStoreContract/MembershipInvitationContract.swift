import Foundation
import SluiceAuthority
import Testing

/// What every engine promises of `OrganizationStore` about invitations.
public enum MembershipInvitationContract {
    /// The promises.
    public static let cases: [ContractCase] = making + accepting + senders

    private static let making: [ContractCase] = [
        ContractCase("an invitation reads back by its secret's hash, with the organization and who sent it") { engine in
            let scene = try await MembershipScene(engine)
            let invitation = try await scene.invite("bob", as: .admin)
            #expect(
                try await scene.store.invitation(invitation.hash, at: at(1))
                    == ReceivedInvitation(
                        invitation: invitation, organization: scene.organization, inviterName: scene.ada.name,
                        isOpen: true))
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(1)) == [invitation])
            #expect(try await scene.store.invitation(freshHash(), at: at(1)) == nil)
            #expect(try await scene.world.events(.invitationCreated).map(\.accountID) == [scene.ada.id])
        },
        ContractCase("neither strangers nor roles without the right invite or withdraw") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            let stranger = try await scene.world.makeAccount("eve")
            let open = try await scene.invite("carol")
            for (actor, problem) in [(bob, OrganizationProblem.forbidden(.member)), (stranger, .notFound)] {
                #expect(try await scene.keep(scene.sampleInvitation("dan", from: actor.id)) == problem)
                #expect(
                    try await scene.store.withdraw(
                        open.id, of: scene.organization.id, Warrant(.account(actor.id), may: \.canManageMembers),
                        audit: event(.invitationWithdrawn)) == problem)
            }
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(6)) == [open])
        },
        ContractCase("nobody is invited to where they are") { engine in
            let scene = try await MembershipScene(engine)
            _ = try await scene.join("bob", as: .contributor)
            for local in ["bob", "ada"] {
                #expect(
                    try await scene.keep(scene.sampleInvitation(local, from: scene.ada.id, at: at(9))) == .alreadyMember)
            }
        },
        ContractCase("a second invitation to one address withdraws the first") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let first = try await scene.invite("bob", as: .admin)
            let second = try await scene.invite("bob", as: .contributor, at: at(1))
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(2)) == [second])
            #expect(try await scene.store.invitation(first.hash, at: at(2))?.isOpen == false)
            #expect(try await scene.accept(first, by: bob) == .invitationClosed)
            #expect(try await scene.accept(second, by: bob) == nil)
            #expect(try await scene.role(of: bob) == .contributor)
        },
        ContractCase("the form that invited invites nobody again") { engine in
            let scene = try await MembershipScene(engine)
            let first = try scene.sampleInvitation("bob", from: scene.ada.id)
            #expect(try await scene.keep(first, formID: "form") == nil)
            #expect(
                try await scene.keep(scene.sampleInvitation("carol", from: scene.ada.id), formID: "form")
                    == .formRepeated)
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(1)) == [first])
        },
        ContractCase("open invitations are bounded: others make room by being used, withdrawn, or by running out") {
            engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let first = try await scene.invite("bob")
            _ = try await scene.invite("carol")
            func invite(_ local: String, at moment: Date) async throws -> OrganizationProblem? {
                try await scene.keep(scene.sampleInvitation(local, from: scene.ada.id, at: moment), limit: 2)
            }
            #expect(try await invite("dan", at: at(1)) == .tooManyInvitations)
            // One that takes another's place needs no room.
            #expect(try await invite("carol", at: at(2)) == nil)
            #expect(try await scene.accept(first, by: bob, at: at(3)) == nil)
            #expect(try await invite("dan", at: at(4)) == nil)
            #expect(try await invite("eve", at: at(5)) == .tooManyInvitations)
            #expect(try await invite("eve", at: at(2000)) == nil)
        },
        ContractCase("a sweep forgets invitations that ran out or were used, and leaves open and recent ones") { engine in
            let scene = try await MembershipScene(engine)
            let (bob, carol) = (try await scene.world.makeAccount("bob"), try await scene.world.makeAccount("carol"))
            let used = try await scene.invite("bob")
            let declined = try await scene.invite("carol")
            let open = try await scene.invite("dan")  // Until 1,000.
            #expect(try await scene.accept(used, by: bob) == nil)
            #expect(
                try await scene.store.decline(
                    declined.hash, by: carol.id, audit: event(.invitationDeclined, at: at(5), account: carol.id)) == nil)
            func left(_ moment: Date) async throws -> [Bool] {
                _ = try await scene.store.sweepGrants(before: moment)
                var left: [Bool] = []
                for invitation in [used, declined, open] {
                    left.append(try await scene.store.invitation(invitation.hash, at: moment) != nil)
                }
                return left
            }
            #expect(try await left(dawn) == [true, true, true])
            #expect(try await left(at(1000)) == [false, false, true])
            #expect(try await left(at(1001)) == [false, false, false])
            #expect(try await scene.role(of: bob) == .member)
        },
        ContractCase("closing an account forgets whom it invited, and that it was invited") { engine in
            let scene = try await MembershipScene(engine)
            let admin = try await scene.join("admin", as: .admin)
            let bob = try await scene.world.makeAccount("bob")
            let sent = try await scene.invite("carol", by: admin, at: at(6))
            let declined = try await scene.invite("bob", at: at(6))
            #expect(
                try await scene.store.decline(
                    declined.hash, by: bob.id, audit: event(.invitationDeclined, at: at(7), account: bob.id)) == nil)
            let open = try await scene.invite("bob", at: at(8))
            let unrelated = try await scene.invite("dan", at: at(8))
            for account in [admin, bob] { #expect(try await scene.close(account)) }
            for gone in [sent, declined] { #expect(try await scene.store.invitation(gone.hash, at: at(31)) == nil) }
            // An account with the address of somebody else must not be able to call their invitation back by closing.
            for kept in [open, unrelated] { #expect(try await scene.store.invitation(kept.hash, at: at(31))?.isOpen == true) }
        },
        ContractCase("of 20 invitations that are made at once where there is room for five, five are kept") { engine in
            let scene = try await MembershipScene(engine)
            let outcomes = try await simultaneously(20) { index in
                try await scene.keep(scene.sampleInvitation("p\(index)", from: scene.ada.id), limit: 5)
            }
            #expect(outcomes.filter { $0 == nil }.count == 5)
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(1)).count == 5)
        },
    ]

    private static let accepting: [ContractCase] = [
        ContractCase("of 20 simultaneous acceptances of one invitation one joins") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try await scene.invite("bob", as: .contributor)
            let outcomes = try await simultaneously(20) { _ in try await scene.accept(invitation, by: bob) }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .alreadyMember }.count == 19)
            #expect(try await scene.role(of: bob) == .contributor)
            #expect(try await scene.world.events(.memberJoined).count == 1)
        },
        ContractCase("an invitation is for one address: another account's neither joins nor declines by it") { engine in
            let scene = try await MembershipScene(engine)
            let eve = try await scene.world.makeAccount("eve")
            let invitation = try await scene.invite("bob")
            #expect(try await scene.accept(invitation, by: eve) == .invitationForAnother)
            #expect(
                try await scene.store.decline(invitation.hash, by: eve.id, audit: event(.invitationDeclined, at: at(5)))
                    == .invitationForAnother)
            #expect(try await scene.role(of: eve) == nil)
            let bob = try await scene.world.makeAccount("bob")
            #expect(try await scene.accept(invitation, by: bob) == nil)
        },
        ContractCase("whoever changed their address accepts with the new one alone") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let (old, new) = (try await scene.invite("bob"), try await scene.invite("robert"))
            let address = try #require(EmailAddress("robert@example.com"))
            #expect(try await scene.store.change(bob.id, email: address, audit: event(.accountEmailChanged)) == .changed)
            #expect(try await scene.accept(old, by: bob) == .invitationForAnother)
            #expect(try await scene.accept(new, by: bob) == nil)
        },
        ContractCase("an invitation is good strictly before its end") { engine in
            let scene = try await MembershipScene(engine)
            let (bob, carol) = (try await scene.world.makeAccount("bob"), try await scene.world.makeAccount("carol"))
            let (first, second) = (try await scene.invite("bob"), try await scene.invite("carol"))
            #expect(try await scene.accept(first, by: bob, at: at(1000)) == .invitationClosed)
            #expect(try await scene.store.invitation(first.hash, at: at(1000))?.isOpen == false)
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(1000)).isEmpty)
            #expect(try await scene.accept(second, by: carol, at: at(999.999)) == nil)
        },
        ContractCase("an invitation that was withdrawn, declined or used is refused") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let warrant = Warrant(.account(scene.ada.id), may: \.canManageMembers)
            let withdrawn = try await scene.invite("bob")
            func withdraw() async throws -> OrganizationProblem? {
                try await scene.store.withdraw(
                    withdrawn.id, of: scene.organization.id, warrant, audit: event(.invitationWithdrawn))
            }
            #expect(try await withdraw() == nil)
            #expect(try await withdraw() == .invitationClosed)
            #expect(try await scene.accept(withdrawn, by: bob) == .invitationClosed)

            let declined = try await scene.invite("bob")
            func decline() async throws -> OrganizationProblem? {
                try await scene.store.decline(
                    declined.hash, by: bob.id, audit: event(.invitationDeclined, at: at(5), account: bob.id))
            }
            #expect(try await decline() == nil)
            #expect(try await decline() == .invitationClosed)
            #expect(try await scene.accept(declined, by: bob) == .invitationClosed)

            let used = try await scene.invite("bob")
            #expect(try await scene.accept(used, by: bob) == nil)
            #expect(try await scene.accept(used, by: bob) == .alreadyMember)
            #expect(try await scene.remove(bob, by: scene.ada) == nil)
            #expect(try await scene.accept(used, by: bob) == .invitationClosed)
            #expect(try await scene.role(of: bob) == nil)
            #expect(try await scene.world.events(.memberJoined).count == 1)
            #expect(try await scene.world.events(.invitationWithdrawn).count == 1)
            #expect(try await scene.world.events(.invitationDeclined).count == 1)
        },
        ContractCase("one organization's members do not withdraw another's invitations") { engine in
            let scene = try await MembershipScene(engine)
            let eve = try await scene.world.makeAccount("eve")
            let theirs = try #require(await scene.store.organizations(of: eve.id).first)
            let invitation = try await scene.invite("bob")
            #expect(
                try await scene.store.withdraw(
                    invitation.id, of: theirs.id, Warrant(.account(eve.id), may: \.canManageMembers),
                    audit: event(.invitationWithdrawn)) == .invitationClosed)
            #expect(try await scene.store.invitation(invitation.hash, at: at(1))?.isOpen == true)
        },
        ContractCase("joining keeps the bounds of the organization and of the account") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try await scene.invite("bob")
            #expect(
                try await scene.accept(invitation, by: bob, limits: MembershipLimits(members: 1, organizations: 9))
                    == .tooManyMembers)
            #expect(
                try await scene.accept(invitation, by: bob, limits: MembershipLimits(members: 9, organizations: 1))
                    == .tooManyOrganizations)
            #expect(
                try await scene.accept(invitation, by: bob, limits: MembershipLimits(members: 2, organizations: 2)) == nil)
        },
        ContractCase("an account that is not active joins nothing") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try await scene.invite("bob")
            #expect(try await scene.store.disable(bob.id, at: at(1), audit: event(.accountDisabled)))
            #expect(try await scene.accept(invitation, by: bob) == .invitationClosed)
            #expect(try await scene.role(of: bob) == nil)
        },
    ]

    private static let senders: [ContractCase] = [
        ContractCase("an invitation holds only while whoever sent it may invite people") { engine in
            let scene = try await MembershipScene(engine)
            let sender = try await scene.join("sender", as: .admin)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try await scene.invite("bob", by: sender, at: at(6))
            #expect(try await scene.change(sender, to: .member, by: scene.ada) == nil)
            #expect(try await scene.accept(invitation, by: bob, at: at(7)) == .invitationClosed)
            #expect(try await scene.store.openInvitations(of: scene.organization.id, at: at(7)).isEmpty)
            #expect(try await scene.remove(sender, by: scene.ada) == nil)
            #expect(try await scene.accept(invitation, by: bob, at: at(7)) == .invitationClosed)
            #expect(try await scene.role(of: bob) == nil)
        },
        ContractCase("what a disabled account sent lets nobody in until it is enabled again") { engine in
            let scene = try await MembershipScene(engine)
            let sender = try await scene.join("sender", as: .admin)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try await scene.invite("bob", by: sender, at: at(6))
            #expect(try await scene.store.disable(sender.id, at: at(7), audit: event(.accountDisabled)))
            #expect(try await scene.accept(invitation, by: bob, at: at(8)) == .invitationClosed)
            #expect(try await scene.store.enable(sender.id, at: at(9), audit: event(.accountEnabled)))
            #expect(try await scene.accept(invitation, by: bob, at: at(10)) == nil)
        },
        ContractCase("the operator's invitation names no member and needs none") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            let invitation = try scene.sampleInvitation("bob", as: .admin, from: nil)
            #expect(try await scene.keep(invitation) == nil)
            #expect(try await scene.store.invitation(invitation.hash, at: at(1))?.inviterName == nil)
            #expect(try await scene.accept(invitation, by: bob) == nil)
            #expect(try await scene.role(of: bob) == .admin)
        },
    ]
}
