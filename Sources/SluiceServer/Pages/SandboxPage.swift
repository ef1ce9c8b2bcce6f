import SluiceAuthority
import SluicePosting

/// What a sandbox holds, for whoever opens it in a browser.
struct SandboxPage: Page {
    static let template = "sandbox"
    static let frame = PageFrame.plain

    /// An account of the fixture.
    struct Person: Sendable {
        var name: String
        var email: String
    }

    /// A client of the fixture.
    struct App: Sendable {
        var name: String
        var kind: String
        var clientID: String
        var redirectURIs: [String]
    }

    /// A grant of the fixture.
    struct Approval: Sendable {
        var name: String
        var id: String
    }

    /// A channel.
    struct Network: Sendable {
        var name: String
        var kind: String
        var id: String
        var isHeld: Bool
    }

    /// A post that waits for its time, or one that went out.
    struct Delivery: Sendable {
        var moment: Moment
        var text: String
        var channel: String
    }

    var now: Moment
    var apiURL: String
    var people: [Person]
    var apps: [App]
    var approvals: [Approval]
    var networks: [Network] = []
    var upcoming: [Delivery] = []
    var outbox: [Delivery] = []
    var faults: Int
    var calls: Int
    var addresses: [String]

    var title: String { "Sandbox" }
    var derived: [String: Any] {
        [
            "hasApprovals": !approvals.isEmpty, "hasNetworks": !networks.isEmpty, "hasUpcoming": !upcoming.isEmpty,
            "hasOutbox": !outbox.isEmpty,
        ]
    }
}

extension SandboxPage {
    init(_ sandbox: Sandbox, apiURL: String, _ posts: SandboxPosts) {
        let names = sandbox.names
        self.init(
            now: Moment(sandbox.clock.now), apiURL: apiURL,
            people: names.accounts.map { Person(name: $0.name.text, email: $0.email.text) },
            apps: names.clients.map {
                App(name: $0.name, kind: $0.kind.rawValue, clientID: $0.id.text, redirectURIs: $0.redirectURIs)
            },
            approvals: names.grants.map { Approval(name: $0.name, id: $0.id.text) },
            networks: posts.channels.map {
                Network(
                    name: $0.shownName, kind: $0.descriptor, id: $0.id.text,
                    isHeld: $0.isHeld)
            },
            upcoming: posts.upcoming.compactMap { post in
                post.dueAt.map {
                    Delivery(moment: Moment($0), text: QueuePost.excerpt(post.text), channel: posts.name(of: post.channelID))
                }
            },
            outbox: posts.outbox.map {
                Delivery(
                    moment: Moment($0.sentAt), text: QueuePost.excerpt($0.text), channel: posts.name(of: $0.channelID))
            },
            faults: sandbox.faults.rules.count, calls: sandbox.calls.view().last,
            addresses: SandboxRoutes.addresses)
    }
}
