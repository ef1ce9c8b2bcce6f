import Foundation
import SluiceAuthority
import Testing

/// What every engine promises of `OrganizationStore` about organizations and their members.
public enum MembershipStoreContract {
    /// The promises.
    public static let cases: [ContractCase] = looks + roles + endings + ownership + closing

    private static let looks: [ContractCase] = [
        ContractCase("whoever makes an organization is its owner, and it reads back by id") { engine in
            let scene = try await MembershipScene(engine)
            #expect(try await scene.store.organization(scene.organization.id) == scene.organization)
            #expect(
                try await scene.store.membership(of: scene.ada.id, in: scene.organization.id)
                    == Membership(
                        organizationID: scene.organization.id, accountID: scene.ada.id, role: .owner, joinedAt: dawn))
            #expect(try await scene.memberCount() == 1)
        },
        ContractCase("what is not there is absent, not an error") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.world.makeAccount("bob")
            #expect(try await scene.store.organization(fresh()) == nil)
            #expect(try await scene.store.membership(of: bob.id, in: scene.organization.id) == nil)
            #expect(try await scene.store.membership(of: scene.ada.id, in: fresh()) == nil)
            #expect(try await scene.store.memberships(of: fresh()).isEmpty)
            #expect(try await scene.store.members(of: fresh(), SliceRequest()).elements.isEmpty)
            #expect(try await scene.store.memberCounts(of: [fresh(), scene.organization.id]) == [scene.organization.id: 1])
        },
        ContractCase("an account's organizations are in the order in which it joined them, also within one moment") {
            engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member, at: at(5))
            let own = try #require(await scene.store.organizations(of: bob.id).first)
            let more = try await scene.add(to: bob, at: at(5))
            let most = try await scene.add(to: bob, at: at(5))
            let listed = try await scene.store.organizations(of: bob.id)
            #expect(listed.map(\.id) == [own.id, scene.organization.id, more.id, most.id])
            #expect(listed[1].ownerID == scene.ada.id)
            #expect(listed[1].ownerEmail == scene.ada.email)
            let memberships = try await scene.store.memberships(of: bob.id)
            #expect(memberships.map(\.organizationID) == listed.map(\.id))
            #expect(memberships.map(\.role) == [.owner, .member, .owner, .owner])
            #expect(memberships.map(\.joinedAt) == [dawn, at(5), at(5), at(5)])
        },
        ContractCase("pages of members are newest first and shift by nothing while people join") { engine in
            let scene = try await MembershipScene(engine)
            for index in 0..<4 { _ = try await scene.join("p\(index)", as: .member, at: at(Double(1 + index / 2))) }
            let first = try await scene.store.members(of: scene.organization.id, SliceRequest(limit: 2))
            _ = try await scene.join("later", as: .admin, at: at(50))
            let second = try await scene.store.members(
                of: scene.organization.id, SliceRequest(limit: 2, after: first.next))
            let third = try await scene.store.members(
                of: scene.organization.id, SliceRequest(limit: 2, after: second.next))
            let seen = first.elements + second.elements + third.elements
            #expect(seen.map(\.membership.joinedAt) == [at(2), at(2), at(1), at(1), dawn])
            #expect(Set(seen.map(\.id)).count == 5)
            #expect(seen.last?.name == scene.ada.name)
            #expect(seen.last?.email == scene.ada.email)
            #expect(third.next == nil)
            #expect(try await scene.memberCount() == 6)
        },
        ContractCase("pages of all organizations are newest first") { engine in
            let scene = try await MembershipScene(engine)
            for index in 1...3 { _ = try await scene.add(to: scene.ada, at: at(Double(index))) }
            let first = try await scene.store.organizations(SliceRequest(limit: 3))
            let second = try await scene.store.organizations(SliceRequest(limit: 3, after: first.next))
            #expect(first.elements.map(\.createdAt) == [at(3), at(2), at(1)])
            #expect(second.elements == [scene.organization])
            #expect(second.next == nil)
        },
        ContractCase("the form that made an organization makes no second one") { engine in
            let scene = try await MembershipScene(engine)
            func add() async throws -> Insertion {
                try await scene.store.add(
                    scene.sample(of: scene.ada, at: at(5)), formID: "form", limit: 9, audit: event(.organizationCreated))
            }
            #expect(try await add() == .inserted)
            #expect(try await add() == .repeated)
            #expect(try await scene.store.organizations(of: scene.ada.id).count == 2)
        },
    ]

    private static let roles: [ContractCase] = [
        ContractCase("a role changes by the wish of whoever has the role for it, with its event") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            #expect(try await scene.change(bob, to: .admin, by: scene.ada) == nil)
            #expect(try await scene.role(of: bob) == .admin)
            // The new role works at once.
            let carol = try await scene.join("carol", as: .member)
            #expect(try await scene.change(carol, to: .contributor, by: bob) == nil)
            #expect(try await scene.role(of: carol) == .contributor)
            #expect(try await scene.world.events(.memberRoleChanged).map(\.accountID) == [carol.id, bob.id])
        },
        ContractCase("a warrant is checked in the write: neither strangers nor lesser roles change anything") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            let carol = try await scene.join("carol", as: .contributor, at: at(6))
            let stranger = try await scene.world.makeAccount("eve")
            let id = scene.organization.id
            for (actor, problem) in [
                (bob, OrganizationProblem.forbidden(.member)), (carol, .forbidden(.contributor)), (stranger, .notFound),
            ] {
                #expect(try await scene.change(carol, to: .admin, by: actor) == problem)
                #expect(try await scene.remove(carol, by: actor) == problem)
                #expect(try await scene.transfer(to: actor, by: actor) == problem)
                #expect(
                    try await scene.store.rename(
                        id, to: name("Theirs"), Warrant(.account(actor.id), may: \.canManageSettings),
                        audit: event(.organizationRenamed)) == problem)
                #expect(
                    try await scene.store.delete(
                        id, Warrant(.account(actor.id), may: \.canDelete), audit: event(.organizationDeleted)) == problem)
            }
            #expect(try await scene.store.organization(id) == scene.organization)
            #expect(try await scene.roles() == [.owner, .member, .contributor])
            for kind in [
                AuditEvent.Kind.memberRoleChanged, .memberRemoved, .ownershipTransferred, .organizationRenamed,
                .organizationDeleted,
            ] {
                #expect(try await scene.world.events(kind).isEmpty)
            }
        },
        ContractCase("what only an owner may, an admin may not") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .admin)
            #expect(try await scene.transfer(to: bob, by: bob) == .forbidden(.admin))
            #expect(
                try await scene.store.delete(
                    scene.organization.id, Warrant(.account(bob.id), may: \.canDelete), audit: event(.organizationDeleted))
                    == .forbidden(.admin))
            #expect(try await scene.role(of: scene.ada) == .owner)
        },
        ContractCase("the command line needs no role, but an organization that exists") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            let warrant = Warrant(.commandLine, may: \.canManageMembers)
            #expect(
                try await scene.store.change(
                    bob.id, in: scene.organization.id, to: .admin, warrant, audit: event(.memberRoleChanged)) == nil)
            #expect(try await scene.role(of: bob) == .admin)
            #expect(
                try await scene.store.change(
                    bob.id, in: fresh(), to: .member, warrant, audit: event(.memberRoleChanged)) == .notFound)
            #expect(
                try await scene.store.rename(fresh(), to: name("X"), warrant, audit: event(.organizationRenamed))
                    == .notFound)
            #expect(try await scene.store.delete(fresh(), warrant, audit: event(.organizationDeleted)) == .notFound)
        },
        ContractCase("the owner neither leaves, nor is removed, nor gets another role") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .admin)
            for actor in [scene.ada, bob] {
                #expect(try await scene.change(scene.ada, to: .member, by: actor) == .ownerStays)
                #expect(try await scene.remove(scene.ada, by: actor) == .ownerStays)
            }
            #expect(
                try await scene.store.leave(scene.organization.id, scene.ada.id, audit: event(.memberLeft)) == .ownerStays)
            #expect(try await scene.role(of: scene.ada) == .owner)
            #expect(try await scene.world.events(.memberLeft).isEmpty)
        },
        ContractCase("a name changes, and is read by all members") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .admin)
            #expect(
                try await scene.store.rename(
                    scene.organization.id, to: name("Ours"), Warrant(.account(bob.id), may: \.canManageSettings),
                    audit: event(.organizationRenamed)) == nil)
            #expect(try await scene.store.organization(scene.organization.id)?.name.text == "Ours")
            #expect(try await scene.store.organizations(of: bob.id).map(\.name.text).contains("Ours"))
            #expect(try await scene.world.events(.organizationRenamed).count == 1)
        },
    ]

    private static let endings: [ContractCase] = [
        ContractCase("whoever leaves or is removed has lost the organization when the step returns") { engine in
            let scene = try await MembershipScene(engine)
            let (bob, carol) = (try await scene.join("bob", as: .admin), try await scene.join("carol", as: .member))
            #expect(try await scene.remove(carol, by: bob) == nil)
            #expect(
                try await scene.store.leave(scene.organization.id, bob.id, audit: event(.memberLeft, account: bob.id)) == nil)
            for account in [bob, carol] {
                #expect(try await scene.role(of: account) == nil)
                let left = try await scene.store.organizations(of: account.id)
                #expect(!left.map(\.id).contains(scene.organization.id))
                #expect(left.count == 1)
            }
            #expect(try await scene.memberCount() == 1)
            #expect(try await scene.world.events(.memberLeft).map(\.accountID) == [bob.id])
            #expect(try await scene.world.events(.memberRemoved).count == 1)
        },
        ContractCase("what happened is not done twice") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            #expect(try await scene.remove(bob, by: scene.ada) == nil)
            #expect(try await scene.remove(bob, by: scene.ada) == .memberUnknown)
            #expect(try await scene.change(bob, to: .admin, by: scene.ada) == .memberUnknown)
            #expect(try await scene.store.leave(scene.organization.id, bob.id, audit: event(.memberLeft)) == .notFound)
            #expect(try await scene.world.events(.memberRemoved).count == 1)
        },
        ContractCase("of an admin that removes and one that is removed by it at once, one wins") { engine in
            let scene = try await MembershipScene(engine)
            let (bob, carol) = (try await scene.join("bob", as: .admin), try await scene.join("carol", as: .admin))
            let outcomes = try await simultaneously(20) { index in
                index.isMultiple(of: 2)
                    ? try await scene.remove(bob, by: carol) : try await scene.remove(carol, by: bob)
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(try await scene.memberCount() == 2)
        },
        ContractCase("an organization goes with memberships and invitations, and every other member's log says so") {
            engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            let open = try await scene.invite("carol")
            let audit = event(.organizationDeleted, at: at(9), account: scene.ada.id)
            #expect(
                try await scene.store.delete(
                    scene.organization.id, Warrant(.account(scene.ada.id), may: \.canDelete), audit: audit) == nil)
            #expect(try await scene.store.organization(scene.organization.id) == nil)
            #expect(try await scene.store.invitation(open.hash, at: at(9)) == nil)
            #expect(try await scene.store.organizations(of: scene.ada.id).isEmpty)
            #expect(try await scene.store.organizations(of: bob.id).count == 1)
            #expect(try await scene.world.events(.organizationDeleted) == [audit])
            #expect(try await scene.world.events(.memberRemoved).map(\.accountID) == [bob.id])
        },
    ]

    private static let ownership: [ContractCase] = [
        ContractCase("ownership passes to a member, and the former owner stays as an admin") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .contributor)
            #expect(try await scene.transfer(to: bob, by: scene.ada) == nil)
            #expect(try await scene.role(of: bob) == .owner)
            #expect(try await scene.role(of: scene.ada) == .admin)
            let organization = try #require(await scene.store.organization(scene.organization.id))
            #expect(organization.ownerID == bob.id)
            #expect(organization.ownerEmail == bob.email)
            #expect(try await scene.store.organizations(of: scene.ada.id) == [organization])
            #expect(try await scene.world.events(.ownershipTransferred).count == 2)
            #expect(
                try await scene.store.events(account: bob.id, SliceRequest()).elements.first?.kind == .ownershipTransferred)
        },
        ContractCase("nobody owns an organization who is no active member of it") { engine in
            let scene = try await MembershipScene(engine)
            let stranger = try await scene.world.makeAccount("eve")
            let bob = try await scene.join("bob", as: .member)
            #expect(try await scene.store.disable(bob.id, at: at(6), audit: event(.accountDisabled)))
            #expect(try await scene.transfer(to: stranger, by: scene.ada) == .memberUnknown)
            #expect(try await scene.transfer(to: bob, by: scene.ada) == .accountUnknown)
            #expect(try await scene.transfer(to: scene.ada, by: scene.ada) == .alreadyOwner)
            #expect(try await scene.role(of: scene.ada) == .owner)
            #expect(try await scene.world.events(.ownershipTransferred).isEmpty)
        },
        ContractCase("of 20 simultaneous transfers to different members one happens, and there is one owner") { engine in
            let scene = try await MembershipScene(engine)
            var people: [Account] = []
            for index in 0..<5 { people.append(try await scene.join("p\(index)", as: .member)) }
            let candidates = people
            let outcomes = try await simultaneously(20) { index in
                try await scene.transfer(to: candidates[index % 5], by: scene.ada)
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(try await scene.roles().filter { $0 == .owner }.count == 1)
            #expect(try await scene.role(of: scene.ada) == .admin)
        },
    ]

    private static let closing: [ContractCase] = [
        ContractCase("an organization whose owner's account closes goes to the admin who serves longest") { engine in
            let scene = try await MembershipScene(engine)
            _ = try await scene.join("member", as: .member, at: at(1))
            let heir = try await scene.join("admin", as: .admin, at: at(2))
            _ = try await scene.join("later", as: .admin, at: at(3))
            #expect(try await scene.close(scene.ada))
            #expect(try await scene.store.organization(scene.organization.id)?.ownerID == heir.id)
            #expect(try await scene.roles() == [.member, .owner, .admin])
            #expect(try await scene.world.events(.ownershipTransferred).map(\.accountID) == [heir.id])
        },
        ContractCase("without an admin it goes to the member who serves longest, a contributor last") { engine in
            let scene = try await MembershipScene(engine)
            _ = try await scene.join("contributor", as: .contributor, at: at(1))
            let heir = try await scene.join("member", as: .member, at: at(2))
            #expect(try await scene.close(scene.ada))
            #expect(try await scene.store.organization(scene.organization.id)?.ownerID == heir.id)
            #expect(try await scene.close(heir))
            #expect(try await scene.roles() == [.owner])
        },
        ContractCase("a disabled account inherits only if nobody else is there") { engine in
            let scene = try await MembershipScene(engine)
            let off = try await scene.join("off", as: .admin, at: at(1))
            let heir = try await scene.join("member", as: .contributor, at: at(2))
            #expect(try await scene.store.disable(off.id, at: at(6), audit: event(.accountDisabled)))
            #expect(try await scene.close(scene.ada))
            #expect(try await scene.role(of: heir) == .owner)
            #expect(try await scene.close(heir))
            #expect(try await scene.role(of: off) == .owner)
        },
        ContractCase("a closed account leaves everything, and what it was alone in is deleted") { engine in
            let scene = try await MembershipScene(engine)
            let bob = try await scene.join("bob", as: .member)
            let own = try #require(await scene.store.organizations(of: bob.id).first)
            #expect(try await scene.close(bob))
            #expect(try await scene.store.organizations(of: bob.id).isEmpty)
            #expect(try await scene.store.memberships(of: bob.id).isEmpty)
            #expect(try await scene.store.organization(own.id) == nil)
            #expect(try await scene.roles() == [.owner])
            #expect(try await scene.world.events(.organizationDeleted).map(\.subject) == [own.id.text])
        },
    ]
}
