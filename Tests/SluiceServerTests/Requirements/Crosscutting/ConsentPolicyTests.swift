import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Requirement S124: the way from consent to every kind of callback")
struct ConsentPolicyTests {
    @Test(arguments: [
        ("https://app.example/cb", "https://app.example/cb"), ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"),
        ("http://[::1]:3000/cb", "http://[::1]:3000/cb"), ("http://localhost/cb", "http://localhost:8081/cb"),
        ("com.example.app:/callback", "com.example.app:/callback"), ("com.example.app://cb", "com.example.app://cb"),
    ])
    func `S124 the consent page's policy names no form-action, and both answers go out to the callback`(
        registered: String, presented: String
    ) async throws {
        let installation = try await Installation()
        let ada = try await Member(installation)
        let created = try await installation.client(of: ada.account, .public, redirectURIs: [registered])
        let flow = CodeFlow(installation, created, redirectURI: presented)
        for (decision, parameter) in [("allow", "code"), ("deny", "error")] {
            let page = try await ada.browser.open(flow.address())
            let policies = page.values("Content-Security-Policy")
            #expect(policies.count == 1)
            #expect(!policies[0].contains("form-action"))
            #expect(policies[0].contains("default-src 'none'") && policies[0].contains("frame-ancestors 'none'"))
            let answer = try await ada.browser.submit("/auth/decision", [("decision", decision)])
            #expect(answer.status == 303)
            #expect(answer.location?.hasPrefix(presented + "?") == true)
            #expect(answer.locationParameters[parameter]?.isEmpty == false)
            #expect(answer.locationParameters["state"] == "xyz-state")
        }
    }

    @Test func `S124 sign-in and sign-up, which may stand before the same redirect, name none either`() async throws {
        let installation = try await Installation()
        let account = try await installation.account()
        let flow = CodeFlow(
            installation, try await installation.client(of: account, .public, redirectURIs: ["com.example.app:/cb"]))
        let query = SluiceOAuth.Parameters.encode([("continue", flow.address())])
        for path in ["/sign-in?\(query)", "/sign-up?\(query)"] {
            let browser = Browser(installation)
            let page = try await browser.open(path)
            #expect(page["Content-Security-Policy"]?.contains("form-action") == false)
            let action = path.hasPrefix("/sign-in") ? "/sign-in" : "/sign-up"
            let refused = try await browser.submit(action, [("email", "x"), ("password", "x"), ("name", "x")])
            #expect(refused.status == 400)
            #expect(refused["Content-Security-Policy"]?.contains("form-action") == false)
        }
    }

    @Test func `S124 every other page keeps its forms to this origin`() async throws {
        let every = try await EveryPage()
        let open: Set = ["GET /auth", "GET /sign-in", "GET /sign-up", "refused sign-in", "refused sign-up"]
        for page in every.pages where !open.contains(page.name) {
            #expect(page.response["Content-Security-Policy"]?.contains("form-action 'self'") == true, "\(page.name)")
        }
    }
}
