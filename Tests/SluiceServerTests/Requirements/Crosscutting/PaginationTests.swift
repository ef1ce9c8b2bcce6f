import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S129: every list paginates")
struct PaginationTests {
    /// Follows the "more" links of a list and gathers what the pages name.
    private func walk(_ browser: Browser, from start: String, label: String, _ names: Regex<(Substring, Substring)>)
        async throws -> [[String]]
    {
        var pages: [[String]] = []
        var next: String? = start
        while let path = next, pages.count < 20 {
            let response = try await browser.open(path)
            #expect(response.status == 200)
            pages.append(response.body.matches(of: names).map { String($0.1) })
            next = nil
            if let nav = response.body.range(of: #"aria-label="\#(label)""#) {
                let rest = response.body[nav.upperBound...].components(separatedBy: "</nav>")[0]
                next = TagScanner.tags(in: rest).first { $0.name == "a" && $0["rel"] == "next" }?["href"].map(
                    Form.unescaped)
            }
        }
        return pages
    }

    @Test func `S129 keys, clients and connected apps come 50 a page, each once`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let developer = try await installation.account("dev@example.com", name: "Dev")
        for number in 0..<53 {
            installation.clock.advance(by: 1)
            _ = try await installation.authority.keys.create(
                for: ada.account.id, name: "key \(number)", scopes: nil, expiresAt: nil, formID: nil,
                trace: .commandLine)
            _ = try await installation.client(of: ada.account, name: "client \(number)")
            let app = try await installation.client(of: developer, .public, name: "app \(number)")
            _ = try await CodeFlow(installation, app).tokens(in: ada.browser)
        }
        let lists = [
            ("More API keys", #/settings/api/keys/([0-9a-f]{24})"/#),
            ("More app clients", #/settings/api/clients/([0-9a-f]{24})"/#),
            ("More connected apps", #/<h3 class="item-name"><a href="/settings/api/apps/([0-9a-f]{24})"/#),
        ]
        for (label, names) in lists {
            let pages = try await walk(ada.browser, from: "/settings/api", label: label, names)
            #expect(pages.map(\.count) == [50, 3], "\(label)")
            #expect(Set(pages.flatMap { $0 }).count == 53, "\(label)")
        }
    }

    @Test func `S129 the approvals of one app, the sessions and the security log paginate too`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let flow = CodeFlow(installation, try await installation.client(of: ada.account, .public))
        for number in 0..<52 {
            installation.clock.advance(by: 1)
            _ = try await flow.tokens(in: ada.browser)
            try await Browser(installation, peer: "198.51.100.\(number)").signIn()
        }
        let approvals = try await walk(
            ada.browser, from: "/settings/api/apps/\(flow.client.client.id)", label: "More approvals",
            #/settings/api/grants/([0-9a-f]{24})/revoke/#)
        #expect(approvals.map(\.count) == [50, 2])
        #expect(Set(approvals.flatMap { $0 }).count == 52)
        let sessions = try await walk(
            ada.browser, from: "/settings", label: "More sessions",
            #/<dt>Address</dt><dd><code class="wrapping">([0-9.]+)</#)
        #expect(sessions.map(\.count) == [50, 3])
        #expect(Set(sessions.flatMap { $0 }).count == 53)
        let log = try await walk(
            ada.browser, from: "/settings/security-log", label: "Pages of the log",
            #/<p class="log-what"><strong>([^<]+)</#)
        let events = try await ada.events.count
        #expect(log.allSatisfy { $0.count <= 50 } && log.count >= 4)
        #expect(log.joined().count == events)
    }

    @Test func `S129 organizations and their members come 50 a page, each once`() async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        for number in 0..<52 {
            installation.clock.advance(by: 1)
            _ = try await installation.authority.organizations.create(
                "organization \(number)", for: ada.account.id, trace: .commandLine)
            let account = try await installation.account("member\(number)@example.com", name: "Member \(number)")
            try await installation.join(account, ada.account)
        }
        let organizations = try await walk(
            ada.browser, from: "/settings/organizations", label: "More organizations",
            #/<h3 class="item-name"><a href="/settings/organizations/([0-9a-f]{24})"/#)
        #expect(organizations.map(\.count) == [50, 3])
        #expect(Set(organizations.flatMap { $0 }).count == 53)
        let id = try await installation.organization(of: ada.account).id
        let members = try await walk(
            ada.browser, from: "/settings/organizations/\(id)", label: "More members",
            #/<dt>Email address</dt><dd class="wrapping"><bdi>([^<]+)</#)
        #expect(members.map(\.count) == [50, 3])
        #expect(Set(members.flatMap { $0 }).count == 53)
        #expect(try await ada.browser.open("/settings/organizations/\(id)?members=nonsense").status == 200)
        #expect(try await ada.browser.open("/settings/organizations?organizations=nonsense").status == 200)
    }

    @Test(arguments: [
        "keys=nonsense", "clients=%00", "apps=ffffffffffffffffffffffff", "keys=&clients=&apps=",
        "keys=1.ffffffffffffffffffffffff",
    ])
    func `S129 a cursor that is none harms nobody`(query: String) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        _ = try await ada.makeKey()
        #expect(try await ada.browser.open("/settings/api?\(query)").status == 200)
        #expect(try await ada.browser.open("/settings/security-log?before=nonsense").status == 200)
        #expect(try await ada.browser.open("/settings/security-log?before=1&before=2").status == 400)
    }
}
