import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

@testable import SluiceServer

@Suite("Revocation while the app is busy, on a store with latency")
struct RevocationRaceTests {
    /// What cuts a connection off.
    enum Cut: String, CaseIterable, CustomTestStringConvertible {
        case theApproval, theApp, theAccount, theClient, byTheClient

        var testDescription: String { rawValue }

        func callAsFunction(_ connection: Connection) async throws {
            let (authority, trace) = (connection.installation.authority, RequestTrace.commandLine)
            switch self {
            case .theApproval:
                #expect(try await authority.grants.revoke(connection.grantID, of: connection.account.id, trace: trace))
            case .theApp:
                #expect(
                    try await authority.apps.revoke(connection.clientID, of: connection.account.id, trace: trace) >= 1)
            case .theAccount: #expect(try await authority.accounts.disable(connection.account.id, trace: trace))
            case .theClient:
                try await authority.clients.delete(
                    connection.clientID, owner: connection.installation.developer().id, trace: trace)
            case .byTheClient:
                let response = try await connection.installation.post(
                    "/token/revocation", connection.flow.credentials + [("token", connection.refreshToken)])
                #expect(response.status == 200)
            }
        }
    }

    @Test(arguments: Cut.allCases)
    func `S100 S109 a revocation in the middle of refreshes leaves no token alive`(cut: Cut) async throws {
        for round in 0..<5 {
            let installation = try await Installation(store: SlowStore(SQLiteStores.inMemory()))
            let connection = try await installation.connect()
            // A chain of refreshes that goes on until it is refused; the cut falls somewhere into it.
            async let chain: [Tokens] = {
                var all = [connection.tokens]
                for _ in 0..<40 {
                    let response = try await connection.flow.refresh(all.last?.refresh ?? "")
                    guard response.status == 200 else { break }
                    all.append(Tokens(response))
                }
                return all
            }()
            for _ in 0..<(round * 20) { await Task.yield() }
            try await cut(connection)
            let tokens = try await chain
            for tokens in tokens {
                (try await installation.query(bearer: tokens.access)).expectInvalidToken("round \(round)")
                let refused = try await connection.flow.refresh(tokens.refresh ?? "")
                #expect(refused.status >= 400 && refused.json["access_token"] == nil, "round \(round)")
            }
            #expect(try await connection.grant().state == .revoked)
        }
    }

    @Test(arguments: [Cut.theApp, .theAccount, .theClient])
    func `S66 S100 a revocation in the middle of an exchange leaves no token alive`(cut: Cut) async throws {
        for round in 0..<8 {
            let installation = try await Installation(store: SlowStore(SQLiteStores.inMemory()))
            let connection = try await installation.connect()
            let code = try await connection.flow.code(in: connection.browser)
            async let exchange = connection.flow.exchange(code)
            for _ in 0..<(round * 10) { await Task.yield() }
            try await cut(connection)
            let response = try await exchange
            if response.status == 200 {
                let late = Tokens(response)
                (try await installation.query(bearer: late.access)).expectInvalidToken("round \(round)")
                #expect(try await connection.flow.refresh(late.refresh ?? "").status >= 400)
            }
            #expect(try await installation.grants().allSatisfy { $0.state == .revoked }, "round \(round)")
        }
    }

    @Test func `S100 twenty parallel revocations of one approval are one revocation`() async throws {
        let installation = try await Installation(store: SlowStore(SQLiteStores.inMemory()))
        let connection = try await installation.connect()
        let done = try await simultaneously(20) { _ in
            try await installation.authority.grants.revoke(
                connection.grantID, of: connection.account.id, trace: .commandLine)
        }
        #expect(done.filter { $0 }.count == 1)
        #expect(try await installation.events(.grantRevoked).count == 1)
    }
}
