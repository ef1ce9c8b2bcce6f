import Foundation
import SluiceAuthority
import SluicePosting
import SluiceSQLite

@testable import SluiceServer

/// Ada with a channel in the zone of Berlin, at 2027-01-15 09:00 there: a Friday.
struct ChannelScene: Sendable {
    let installation: Installation
    let ada: Member
    let channel: Channel

    init(_ service: Service = .mastodon, store: (any AuthorityStore)? = nil) async throws {
        installation = try await Installation(store: store)
        ada = try await Member(installation)
        let id = try await installation.organization(of: ada.account).id
        guard let organization = OrganizationReference(id.text) else { throw Browser.Missing(what: "a reference") }
        channel = try await installation.posting.channels.add(
            ChannelDraft(service: service, name: "ada", timeZone: "Europe/Berlin"), to: organization)
    }

    var posting: Posting { installation.posting }
    var browser: Browser { ada.browser }
    var organization: String { "/settings/organizations/\(channel.organization)" }
    var path: String { "\(organization)/channels/\(channel.id)" }

    /// Makes a post by Ada.
    @discardableResult
    func post(
        _ text: String, _ mode: ShareMode = .addToQueue, by author: Account? = nil, _ adjust: (inout PostDraft) -> Void = { _ in }
    ) async throws -> Post {
        var draft = PostDraft(
            channelID: channel.id, author: AccountReference((author ?? ada.account).id.text), text: text, mode: mode)
        adjust(&draft)
        return try await posting.posts.create(draft)
    }

    /// Sends forms to addresses at once, over a database in a file: only there a read passes a write that waits for the disk.
    /// - Parameter paths: Makes the addresses, which all get the same fields.
    /// - Returns: The statuses, and the scene as it is afterwards.
    static func race(
        _ fields: [(String, String)], _ paths: (ChannelScene) async throws -> [String]
    ) async throws -> (statuses: Set<Int>, scene: ChannelScene) {
        let (folder, file) = SQLiteStores.path()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scene = try await ChannelScene(store: try await SQLiteStore.open(path: file))
        let all = try await paths(scene)
        try await scene.browser.open(scene.path)
        let token = scene.browser.csrf ?? ""
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for path in all {
                group.addTask { try await scene.browser.postOnly(path, [("csrf", token)] + fields).status }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        return (statuses, scene)
    }

    /// The texts on the page that is shown, in order.
    var texts: [String] {
        browser.page.matches(of: #/<p class="post-text">([^<]*)</p>/#).map { String($0.1) }
    }

    /// A member of Ada's organization, in a browser.
    func member(_ name: String, as role: Membership.Role) async throws -> Member {
        let member = try await Member(
            installation, "\(name.lowercased())@example.com", name: name, peer: "198.51.100.\(name.utf8.count)")
        try await installation.join(member.account, ada.account, as: role)
        return member
    }
}
