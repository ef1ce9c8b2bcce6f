import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `GrantStore.insert` and `GrantStore.redeem`.
public enum RedemptionContract {
    /// The promises.
    public static let cases: [ContractCase] = inserts + redemptions + replays

    private static let inserts: [ContractCase] = [
        ContractCase("an approved grant reads back pending, by id and by code") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let grant = try #require(await world.store.grant(pending.facts.id))
            #expect(grant.facts == pending.facts)
            #expect(grant.state == .pending)
            #expect(grant.generation == 0)
            #expect(grant.codeExpiresAt == pending.codeExpiresAt)
            #expect(
                grant.lastUse == nil && grant.activatedAt == nil && grant.idleExpiresAt == nil
                    && grant.revocation == nil)
            #expect(try await world.store.grant(code: pending.codeHash) == grant)
            #expect(try await world.store.facts(of: pending.facts.id) == pending.facts)
            #expect(try await world.store.facts(of: fresh()) == nil)
            #expect(try await world.store.grant(fresh()) == nil)
            #expect(try await world.store.grant(code: freshHash()) == nil)
        },
        ContractCase("S42: one decision makes one grant, however often and simultaneously it is sent") { engine in
            let world = try await World(engine)
            let outcomes = try await simultaneously(20) { _ in
                try await world.store.insert(world.samplePending(), decision: "d", audit: event(.grantApproved))
            }
            #expect(outcomes.filter { $0 == .inserted }.count == 1)
            #expect(outcomes.filter { $0 == .repeated }.count == 19)
            #expect(try await world.store.grants(account: nil, client: nil, SliceRequest()).elements.count == 1)
            #expect(try await world.events(.grantApproved).count == 1)
        },
        ContractCase("D8 S100: an approval without a question is kept only while the one it relies on is active") {
            engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let (earlier, bobs) = (try await world.activate(), try await world.activate(of: bob.id))
            let waiting = try await world.approve()
            func silent(_ reliesOn: GrantID) async throws -> Insertion {
                let sample = try world.samplePending()
                let grant = PendingGrant(
                    facts: sample.facts, codeHash: sample.codeHash, codeExpiresAt: sample.codeExpiresAt,
                    reliesOn: reliesOn)
                return try await world.store.insert(
                    grant, decision: GrantID(random: .system).text, audit: event(.grantApproved))
            }
            #expect(try await silent(earlier.facts.id) == .inserted)
            for other in [bobs.facts.id, waiting.facts.id, fresh()] { #expect(try await silent(other) == .refused) }
            _ = try await world.store.revokeAll(
                of: world.account.id, for: world.client.id, reason: .byUser, at: at(20), trace: trace)
            #expect(try await silent(earlier.facts.id) == .refused)
        },
        ContractCase(
            "S66: a grant of a disabled account, or for a deleted client or one whose owner is disabled, is refused"
        ) { engine in
            let world = try await World(engine)
            let bob = try await world.makeAccount("bob")
            let bobsApp = try await world.makeClient(of: bob.id)
            func approve(_ owner: AccountID, _ app: ClientID) async throws -> Insertion {
                try await world.store.insert(
                    world.samplePending(of: owner, for: app), decision: GrantID(random: .system).text,
                    audit: event(.grantApproved))
            }
            #expect(try await approve(world.account.id, bobsApp.id) == .inserted)
            #expect(try await world.store.disable(bob.id, at: at(1), audit: event(.accountDisabled)))
            #expect(try await approve(bob.id, world.client.id) == .refused)
            #expect(try await approve(world.account.id, bobsApp.id) == .refused)
            #expect(try await approve(fresh(), world.client.id) == .refused)
            #expect(
                try await world.store.delete(
                    world.client.id, owner: world.account.id, at: at(1), audit: event(.clientDeleted)))
            #expect(try await approve(world.account.id, world.client.id) == .refused)
        },
    ]

    private static let redemptions: [ContractCase] = [
        ContractCase("a code is redeemed once: the grant is active, in generation 1, with its use on record") {
            engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            guard case .activated(let grant) = try await world.redeem(pending, at: at(10)) else {
                Issue.record("not activated")
                return
            }
            #expect(grant.facts == pending.facts)
            #expect(grant.state == .active)
            #expect(grant.generation == 1)
            #expect(grant.activatedAt == at(10))
            #expect(grant.lastUsedAt == at(10))
            #expect(grant.lastUse == trace)
            #expect(grant.idleExpiresAt == at(110))
            #expect(try await world.store.grant(pending.facts.id) == grant)
            #expect(try await world.events(.grantActivated).count == 1)
            #expect(try await world.subjects().isEmpty)
        },
        ContractCase("S60: a grant without offline_access gets no idle end, for it has no refresh token") { engine in
            let world = try await World(engine)
            let pending = try await world.activate(scopes: "posts:read")
            #expect(try await world.store.grant(pending.facts.id)?.idleExpiresAt == nil)
        },
        ContractCase("S81: the idle end never lies past the grant's own") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let use = GrantUse(now: at(10), trace: trace, idleUntil: at(5000))
            _ = try await world.store.redeem(pending.codeHash, world.proof(pending), use, wrongVerifierLimit: 5)
            #expect(try await world.store.grant(pending.facts.id)?.idleExpiresAt == pending.facts.expiresAt)
        },
        ContractCase("S53: a code is good strictly before its expiry, and an expired one stays as it is") { engine in
            let world = try await World(engine)
            let (late, intime) = (try await world.approve(), try await world.approve())
            #expect(try await world.redeem(late, at: at(60)) == .expired)
            #expect(try await world.redeem(late, at: at(61)) == .expired)
            #expect(try await world.state(late) == .pending)
            guard case .activated = try await world.redeem(intime, at: at(59.999)) else {
                Issue.record("refused a millisecond early")
                return
            }
        },
        ContractCase("an unknown code is unknown") { engine in
            let world = try await World(engine)
            let outcome = try await world.store.redeem(
                freshHash(), world.proof(world.samplePending()), world.use(at(1)), wrongVerifierLimit: 5)
            #expect(outcome == .unknown)
        },
        ContractCase("S55 S56: another client or another redirect URI is refused and harms nothing") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let good = world.proof(pending)
            let foreign = CodeProof(clientID: fresh(), redirectURI: good.redirectURI, challenge: good.challenge)
            let moved = CodeProof(
                clientID: good.clientID, redirectURI: good.redirectURI + "/", challenge: good.challenge)
            for _ in 0..<10 {
                #expect(try await world.redeem(pending, foreign) == .wrongClient)
                #expect(try await world.redeem(pending, moved) == .wrongRedirectURI)
            }
            #expect(try await world.store.grant(pending.facts.id)?.wrongVerifiers == 0)
            guard case .activated = try await world.redeem(pending) else {
                Issue.record("the rightful client cannot redeem any more")
                return
            }
        },
        ContractCase("S56: a redirect URI that is only Unicode-equivalent is another one, and no wrong verifier") { engine in
            let world = try await World(engine)
            let sample = try world.samplePending()
            let facts = GrantFacts(
                id: sample.facts.id, accountID: sample.facts.accountID, clientID: sample.facts.clientID,
                scopes: sample.facts.scopes, redirectURI: "https://app.example/K", challenge: sample.facts.challenge,
                salt: sample.facts.salt, authenticatedAt: dawn, createdAt: dawn, expiresAt: sample.facts.expiresAt)
            let grant = PendingGrant(facts: facts, codeHash: freshHash(), codeExpiresAt: sample.codeExpiresAt)
            #expect(try await world.store.insert(grant, decision: "d", audit: event(.grantApproved)) == .inserted)
            let kelvin = CodeProof(
                clientID: facts.clientID, redirectURI: "https://app.example/\u{212A}", challenge: facts.challenge)
            #expect(try await world.redeem(grant, kelvin) == .wrongRedirectURI)
            #expect(try await world.store.grant(facts.id)?.wrongVerifiers == 0)
            guard case .activated = try await world.redeem(grant) else {
                Issue.record("the rightful client was refused")
                return
            }
            #expect(try await world.redeem(grant, kelvin) == .wrongRedirectURI, "and no valid replay either")
            #expect(try await world.state(grant) == .active)
        },
        ContractCase("S57 D10: a wrong verifier is counted, the code survives four of them, the fifth burns it") {
            engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let wrong = try wrongProof(world, pending)
            for count in 1...4 {
                #expect(try await world.redeem(pending, wrong) == .wrongVerifier(burned: false))
                #expect(try await world.store.grant(pending.facts.id)?.wrongVerifiers == count)
            }
            #expect(try await world.subjects().isEmpty)
            #expect(try await world.redeem(pending, wrong) == .wrongVerifier(burned: true))
            #expect(try await world.revocation(pending) == .verifierGuessed)
            #expect(try await world.redeem(pending) == .revoked(.verifierGuessed))
            #expect(try await world.subjects() == [.grant(pending.facts.id)])
            #expect(try await world.events(.grantRevoked).count == 1)
        },
        ContractCase("D10: after four wrong verifiers the right one still redeems") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            for _ in 0..<4 { _ = try await world.redeem(pending, wrongProof(world, pending)) }
            guard case .activated = try await world.redeem(pending) else {
                Issue.record("not activated")
                return
            }
        },
        ContractCase("D10: of 20 simultaneous wrong verifiers five are counted and one burns the code") { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let wrong = try wrongProof(world, pending)
            let outcomes = try await simultaneously(20) { _ in try await world.redeem(pending, wrong) }
            #expect(outcomes.filter { $0 == .wrongVerifier(burned: true) }.count == 1)
            #expect(outcomes.filter { $0 == .wrongVerifier(burned: false) }.count == 4)
            #expect(outcomes.filter { $0 == .revoked(.verifierGuessed) }.count == 15)
            #expect(try await world.store.grant(pending.facts.id)?.wrongVerifiers == 5)
        },
    ]

    private static let replays: [ContractCase] = [
        ContractCase("S54 D9: a valid replay, however late, revokes the grant, once, noted and on record") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            #expect(try await world.redeem(pending, at: at(86_400)) == .replayed(pending.facts))
            let grant = try #require(await world.store.grant(pending.facts.id))
            #expect(grant.revocation == .codeReplayed)
            #expect(grant.revokedAt == at(86_400))
            #expect(grant.lastUsedAt == at(10))
            #expect(try await world.redeem(pending, at: at(86_401)) == .revoked(.codeReplayed))
            #expect(try await world.subjects() == [.grant(pending.facts.id)])
            let revoked = try await world.events(.grantRevoked)
            #expect(revoked.count == 1)
            #expect(revoked.first?.details == [AuditEvent.Detail("reason", "code_replayed")])
            #expect(revoked.first?.subject == pending.facts.id.text)
        },
        ContractCase(
            "D9: a replay by another client, with another redirect URI or verifier, leaves a trace and nothing else"
        ) { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            let good = world.proof(pending)
            let foreign = CodeProof(clientID: fresh(), redirectURI: good.redirectURI, challenge: good.challenge)
            let moved = CodeProof(
                clientID: good.clientID, redirectURI: "https://evil.example/", challenge: good.challenge)
            #expect(try await world.redeem(pending, foreign) == .wrongClient)
            #expect(try await world.redeem(pending, moved) == .wrongRedirectURI)
            for _ in 0..<6 {
                #expect(try await world.redeem(pending, wrongProof(world, pending)) == .wrongVerifier(burned: false))
            }
            let grant = try #require(await world.store.grant(pending.facts.id))
            #expect(grant.state == .active)
            #expect(grant.wrongVerifiers == 0)
            #expect(try await world.events(.codeReplayRefused).count == 8)
            #expect(try await world.subjects().isEmpty)
            guard case .rotated = try await world.rotate(pending, from: 1) else {
                Issue.record("the grant does not work any more")
                return
            }
        },
        ContractCase(
            "S54 D9: of 50 simultaneous redeems one is activated, one replay revokes, and the grant ends revoked"
        ) { engine in
            let world = try await World(engine)
            let pending = try await world.approve()
            let outcomes = try await simultaneously(50) { _ in try await world.redeem(pending) }
            try expectOneWinner(outcomes, pending)
            #expect(try await world.revocation(pending) == .codeReplayed)
            #expect(try await world.events(.grantActivated).count == 1)
            #expect(try await world.events(.grantRevoked).count == 1)
            #expect(try await world.subjects() == [.grant(pending.facts.id)])
        },
        ContractCase("S54: of 50 simultaneous redeems through two processes one is activated") { engine in
            guard let (left, right) = try await engine.twins() else { return }
            let world = try await World(left)
            let pending = try await world.approve()
            let outcomes = try await simultaneously(50) { index in
                try await (index % 2 == 0 ? left : right).redeem(
                    pending.codeHash, world.proof(pending), world.use(at(10)), wrongVerifierLimit: 5)
            }
            try expectOneWinner(outcomes, pending)
            #expect(try await right.grant(pending.facts.id)?.revocation == .codeReplayed)
        },
    ]

    private static func wrongProof(_ world: World, _ grant: PendingGrant) throws -> CodeProof {
        CodeProof(
            clientID: grant.facts.clientID, redirectURI: grant.facts.redirectURI,
            challenge: CodeChallenge(of: try verifier("w")))
    }

    private static func expectOneWinner(_ outcomes: [Redemption], _ grant: PendingGrant) throws {
        #expect(outcomes.filter { if case .activated = $0 { true } else { false } }.count == 1)
        #expect(outcomes.filter { $0 == .replayed(grant.facts) }.count == 1)
        #expect(outcomes.filter { $0 == .revoked(.codeReplayed) }.count == outcomes.count - 2)
    }
}
