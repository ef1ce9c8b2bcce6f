import SluiceAuthority
import Testing

@Suite struct RoleTests {
    @Test func `each role may what the table says`() {
        typealias Role = Membership.Role
        let table: [(KeyPath<Role, Bool>, [Role])] = [
            (\.canView, [.owner, .admin, .member, .contributor]),
            (\.canManageMembers, [.owner, .admin]),
            (\.canManageChannels, [.owner, .admin]),
            (\.canManageSettings, [.owner, .admin]),
            (\.canApprove, [.owner, .admin]),
            (\.postsNeedApproval, [.contributor]),
            (\.canTransferOwnership, [.owner]),
            (\.canDelete, [.owner]),
            (\.isGiven, [.admin, .member, .contributor]),
        ]
        for (permission, holders) in table {
            #expect(Role.allCases.filter { $0[keyPath: permission] } == holders, "\(permission)")
        }
    }

    @Test func `whoever succeeds an owner has any role but the owner's`() {
        #expect(Membership.Role.succession == Membership.Role.allCases.filter(\.isGiven))
    }
}
