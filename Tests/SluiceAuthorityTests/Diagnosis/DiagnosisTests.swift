import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Explaining credentials")
struct DiagnosisTests {
    @Test func `it tells each kind, whether it is accepted, and never repeats it`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        let client = try await fixture.client(of: account, .confidential)
        let code = try await fixture.code(of: account, client)
        let tokens = try await fixture.tokens(of: account, client)
        let key = try await fixture.authority.keys.create(
            for: account.id, name: "k", scopes: nil, expiresAt: nil, formID: nil, trace: fixture.trace)
        let refresh = try #require(tokens.refreshToken)
        let cases: [(text: String, kind: String, isAccepted: Bool)] = [
            (key.key.text, "api_key", true), (key.key.text + "x", "api_key", false),
            (APIKey(random: Array(repeating: 1, count: 32)).text, "api_key", false),
            (tokens.accessToken, "access_token", true), (tokens.accessToken + "x", "access_token", false),
            (refresh, "refresh_token", true), (String(refresh.dropLast()), "refresh_token", false),
            (code.text, "code", true), (client.secret?.text ?? "", "client_secret", false),
            ("req-1", "request_id", true), ("nonsense", "unknown", false), ("", "unknown", false),
        ]
        for (text, kind, isAccepted) in cases {
            let finding = try await fixture.authority.diagnosis.explain(text)
            #expect(finding.kind == kind)
            #expect(finding.isAccepted == isAccepted, "\(kind): \(finding.rule)")
            #expect(!finding.rule.isEmpty)
            if text.utf8.count > 12 { #expect(!"\(finding)".contains(text), "\(kind)") }
        }
    }

    @Test func `looking changes nothing: no use, no attempt, no replay, no reuse`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        let client = try await fixture.client(of: account)
        let tokens = try await fixture.tokens(of: account, client)
        let spent = try #require(tokens.refreshToken)
        let next = try await fixture.authority.grants.exchange(
            .refresh(token: spent, scopes: nil), for: client.client, trace: fixture.trace)
        let before = try await fixture.authority.grants.list(account: nil, client: nil, SliceRequest()).elements
        let finding = try await fixture.authority.diagnosis.explain(spent)
        #expect(!finding.isAccepted)
        #expect(finding.rule.contains("used before"))
        #expect(try await fixture.authority.grants.list(account: nil, client: nil, SliceRequest()).elements == before)
        #expect(try await fixture.authority.diagnosis.explain(next.refreshToken ?? "").isAccepted)
    }

    @Test func `within the leeway it says that the predecessor is answered again`() async throws {
        let fixture = try await Fixture { $0.reuseLeeway = .seconds(30) }
        let account = try await fixture.account()
        let client = try await fixture.client(of: account)
        let spent = try #require(try await fixture.tokens(of: account, client).refreshToken)
        _ = try await fixture.authority.grants.exchange(
            .refresh(token: spent, scopes: nil), for: client.client, trace: fixture.trace)
        #expect(try await fixture.authority.diagnosis.explain(spent).isAccepted)
        fixture.clock.advance(by: 30)
        #expect(try await !fixture.authority.diagnosis.explain(spent).isAccepted)
    }

    @Test func `it knows why: revoked, disabled, ended`() async throws {
        let fixture = try await Fixture()
        let account = try await fixture.account()
        let client = try await fixture.client(of: account)
        let tokens = try await fixture.tokens(of: account, client)
        let key = try await fixture.authority.keys.create(
            for: account.id, name: "k", scopes: nil, expiresAt: fixture.clock.now.addingTimeInterval(60), formID: nil,
            trace: fixture.trace)
        #expect(try await fixture.authority.accounts.disable(account.id, trace: fixture.trace))
        let diagnosis = fixture.authority.diagnosis
        #expect(try await diagnosis.explain(key.key.text).rule.contains("disabled"))
        #expect(try await diagnosis.explain(tokens.accessToken).rule.contains("cut off"))
        #expect(try await diagnosis.explain(tokens.refreshToken ?? "").rule.contains("account_disabled"))
        #expect(try await fixture.authority.accounts.enable(account.id, trace: fixture.trace))
        fixture.clock.advance(by: 60)
        #expect(try await diagnosis.explain(key.key.text).rule.contains("ended"))
    }
}
