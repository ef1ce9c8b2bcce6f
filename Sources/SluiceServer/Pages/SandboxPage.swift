import SluiceAuthority

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

    var now: Moment
    var apiURL: String
    var people: [Person]
    var apps: [App]
    var approvals: [Approval]
    var faults: Int
    var calls: Int
    var addresses: [String]

    var title: String { "Sandbox" }
    var derived: [String: Any] { ["hasApprovals": !approvals.isEmpty] }
}

extension SandboxPage {
    init(_ sandbox: Sandbox, apiURL: String) {
        let names = sandbox.names
        self.init(
            now: Moment(sandbox.clock.now), apiURL: apiURL,
            people: names.accounts.map { Person(name: $0.name.text, email: $0.email.text) },
            apps: names.clients.map {
                App(name: $0.name, kind: $0.kind.rawValue, clientID: $0.id.text, redirectURIs: $0.redirectURIs)
            },
            approvals: names.grants.map { Approval(name: $0.name, id: $0.id.text) },
            faults: sandbox.faults.rules.count, calls: sandbox.calls.view().last,
            addresses: SandboxRoutes.addresses)
    }
}
