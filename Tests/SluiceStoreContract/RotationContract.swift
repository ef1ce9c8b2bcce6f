import Foundation
import SluiceAuthority
import SluiceOAuth
import Testing

/// What every engine promises of `GrantStore.rotate`.
public enum RotationContract {
    /// The promises.
    public static let cases: [ContractCase] = rotations + leeway + races

    private static let rotations: [ContractCase] = [
        ContractCase("S74: a rotation moves the grant one generation on and records its use") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            let other = RequestTrace(address: "198.51.100.9", userAgent: "Other/2", requestID: "req-2")
            let use = GrantUse(now: at(20), trace: other, idleUntil: at(120))
            guard case .rotated(let grant) = try await world.store.rotate(pending.facts.id, from: 1, use, leeway: .zero)
            else {
                Issue.record("not rotated")
                return
            }
            #expect(grant.generation == 2)
            #expect(grant.lastUsedAt == at(20))
            #expect(grant.lastUse == other)
            #expect(grant.activatedAt == at(10))
            #expect(grant.idleExpiresAt == at(120))
            #expect(grant.facts == pending.facts)
            #expect(try await world.store.grant(pending.facts.id) == grant)
            #expect(try await world.subjects().isEmpty)
        },
        ContractCase("S75: a hundred rotations in a row each give the next generation") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            for generation in UInt32(1)...100 {
                guard case .rotated(let grant) = try await world.rotate(pending, from: generation) else {
                    Issue.record("generation \(generation) was refused")
                    return
                }
                #expect(grant.generation == generation + 1)
            }
        },
        ContractCase("S76: any older generation revokes the grant, with both uses on record") { engine in
            for old in UInt32(1)...3 {
                let world = try await World(engine)
                let pending = try await world.activate()
                for generation in UInt32(1)...3 { _ = try await world.rotate(pending, from: generation, at: at(20)) }
                #expect(try await world.rotate(pending, from: old, at: at(30)) == .reused(pending.facts))
                let grant = try #require(await world.store.grant(pending.facts.id))
                #expect(grant.revocation == .refreshReused)
                #expect(grant.revokedAt == at(30))
                // The last rightful use stays on record beside the reuse.
                #expect(grant.lastUsedAt == at(20))
                #expect(grant.generation == 4)
                #expect(try await world.rotate(pending, from: 4, at: at(31)) == .revoked(.refreshReused))
                #expect(try await world.rotate(pending, from: old, at: at(31)) == .revoked(.refreshReused))
                #expect(try await world.subjects() == [.grant(pending.facts.id)])
                #expect(try await world.events(.grantRevoked).count == 1)
                let reuse = try #require(await world.events(.refreshReused).first)
                #expect(reuse.details.contains(AuditEvent.Detail("reused_generation", "\(old)")))
                #expect(reuse.details.contains(AuditEvent.Detail("current_generation", "4")))
                #expect(reuse.details.contains(AuditEvent.Detail("last_use_at", Timestamp.text(at(20)))))
            }
        },
        ContractCase("S76 D14: reuse harms no other grant of the same app and account") { engine in
            let world = try await World(engine)
            let (phone, laptop) = (try await world.activate(), try await world.activate())
            _ = try await world.rotate(phone, from: 1)
            #expect(try await world.rotate(phone, from: 1) == .reused(phone.facts))
            guard case .rotated = try await world.rotate(laptop, from: 1) else {
                Issue.record("the other device was cut off")
                return
            }
        },
        ContractCase("S81: a refresh token is good strictly before its idle end, and an ended one revokes nothing") {
            engine in
            let world = try await World(engine)
            let (late, intime) = (try await world.activate(), try await world.activate())
            #expect(try await world.rotate(late, from: 1, at: at(110)) == .expired)
            #expect(try await world.state(late) == .active)
            guard case .rotated(let grant) = try await world.rotate(intime, from: 1, at: at(109.999)) else {
                Issue.record("refused a millisecond early")
                return
            }
            #expect(grant.generation == 2)
        },
        ContractCase("S81: however often it is rotated, a grant ends at its own end") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            var generation: UInt32 = 1
            for moment in stride(from: 100.0, through: 950, by: 85) {
                guard case .rotated(let grant) = try await world.rotate(pending, from: generation, at: at(moment))
                else {
                    Issue.record("refused at \(moment)")
                    return
                }
                generation = grant.generation
                #expect(try #require(grant.idleExpiresAt) <= pending.facts.expiresAt)
            }
            #expect(try await world.rotate(pending, from: generation, at: at(1000)) == .expired)
        },
        ContractCase("an older generation is reuse even after the grant idled too long") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            _ = try await world.rotate(pending, from: 1)
            #expect(
                try await world.rotate(pending, from: 1, at: at(5000), leeway: .seconds(9000)) == .reused(pending.facts)
            )
        },
        ContractCase(
            "unknown, pending, not offline, generation 0 and generations from the future are unknown and touch nothing"
        ) { engine in
            let world = try await World(engine)
            let (pending, online, active) = (
                try await world.approve(), try await world.activate(scopes: "posts:read"), try await world.activate()
            )
            #expect(try await world.rotate(world.samplePending(), from: 1) == .unknown)
            for generation: UInt32 in [0, 1] {
                #expect(try await world.rotate(pending, from: generation) == .unknown)
                #expect(try await world.rotate(online, from: generation) == .unknown)
            }
            #expect(try await world.rotate(active, from: 0, leeway: .seconds(30)) == .unknown)
            #expect(try await world.rotate(active, from: 2) == .unknown)
            #expect(try await world.rotate(active, from: .max) == .unknown)
            #expect(try await world.state(active) == .active)
            #expect(try await world.subjects().isEmpty)
        },
        ContractCase("a revoked grant says why, for every generation") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            #expect(
                try await world.store.revoke(
                    pending.facts.id, account: nil, client: nil, reason: .byOperator, at: at(15), trace: trace))
            for generation: UInt32 in [1, 2] {
                #expect(try await world.rotate(pending, from: generation) == .revoked(.byOperator))
            }
        },
    ]

    private static let leeway: [ContractCase] = [
        ContractCase("D13: within the leeway the directly preceding generation is repeated and changes nothing") {
            engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            guard case .rotated(let grant) = try await world.rotate(pending, from: 1, at: at(20), leeway: .seconds(10))
            else {
                Issue.record("not rotated")
                return
            }
            for moment in [20, 25, 29.999] {
                #expect(
                    try await world.rotate(pending, from: 1, at: at(moment), leeway: .seconds(10)) == .repeated(grant))
            }
            #expect(try await world.store.grant(pending.facts.id) == grant)
            #expect(try await world.subjects().isEmpty)
        },
        ContractCase("D13: when the leeway is over, the preceding generation is reuse") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            _ = try await world.rotate(pending, from: 1, at: at(20))
            #expect(
                try await world.rotate(pending, from: 1, at: at(30), leeway: .seconds(10)) == .reused(pending.facts))
        },
        ContractCase("D13: once the successor was used, the generation before it is reuse within the leeway too") {
            engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            _ = try await world.rotate(pending, from: 1, at: at(20), leeway: .seconds(10))
            _ = try await world.rotate(pending, from: 2, at: at(21), leeway: .seconds(10))
            #expect(
                try await world.rotate(pending, from: 1, at: at(22), leeway: .seconds(10)) == .reused(pending.facts))
        },
        ContractCase("D13: a leeway of zero is strict in the very same millisecond") { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            _ = try await world.rotate(pending, from: 1, at: at(20))
            #expect(try await world.rotate(pending, from: 1, at: at(20)) == .reused(pending.facts))
        },
        ContractCase("D13: a caller whose clock is behind the last use gains no leeway by that") { engine in
            for (leeway, moment) in [(Duration.zero, 19.999), (.zero, -3600), (.seconds(10), 10), (.seconds(10), -3600)] {
                let world = try await World(engine)
                let pending = try await world.activate()
                _ = try await world.rotate(pending, from: 1, at: at(20))
                #expect(try await world.rotate(pending, from: 1, at: at(moment), leeway: leeway) == .reused(pending.facts))
                #expect(try await world.revocation(pending) == .refreshReused)
            }
        },
    ]

    private static let races: [ContractCase] = [
        ContractCase(
            "S83: of 50 simultaneous rotations one wins, one is the reuse that revokes, the rest find it revoked"
        ) { engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            let outcomes = try await simultaneously(50) { _ in try await world.rotate(pending, from: 1) }
            expectOneWinner(outcomes, pending)
            let grant = try #require(await world.store.grant(pending.facts.id))
            #expect(grant.generation == 2)
            #expect(grant.revocation == .refreshReused)
            #expect(try await world.subjects() == [.grant(pending.facts.id)])
            #expect(try await world.events(.refreshReused).count == 1)
            #expect(try await world.events(.grantRevoked).count == 1)
        },
        ContractCase("S83: of 50 simultaneous rotations through two processes one wins") { engine in
            guard let (left, right) = try await engine.twins() else { return }
            let world = try await World(left)
            let pending = try await world.activate()
            let outcomes = try await simultaneously(50) { index in
                try await (index % 2 == 0 ? left : right).rotate(
                    pending.facts.id, from: 1, world.use(at(20)), leeway: .zero)
            }
            expectOneWinner(outcomes, pending)
        },
        ContractCase("S83 D13: with leeway the losers of 50 simultaneous rotations all get the same grant again") {
            engine in
            let world = try await World(engine)
            let pending = try await world.activate()
            let outcomes = try await simultaneously(50) { _ in
                try await world.rotate(pending, from: 1, leeway: .seconds(10))
            }
            let grant = try #require(await world.store.grant(pending.facts.id))
            #expect(grant.generation == 2)
            #expect(grant.state == .active)
            #expect(outcomes.filter { $0 == .rotated(grant) }.count == 1)
            #expect(outcomes.filter { $0 == .repeated(grant) }.count == 49)
        },
        ContractCase("64 grants rotated at once, again and again, each move by themselves") { engine in
            let world = try await World(engine)
            let grants = try await simultaneously(64) { _ in try await world.activate() }
            _ = try await simultaneously(64) { index in
                for generation in UInt32(1)...10 {
                    guard case .rotated = try await world.rotate(grants[index], from: generation) else {
                        Issue.record("grant \(index) was refused in generation \(generation)")
                        return
                    }
                }
            }
            for grant in grants { #expect(try await world.store.grant(grant.facts.id)?.generation == 11) }
        },
        ContractCase("a rotation and a revocation at once leave the grant revoked, whoever comes first") { engine in
            for _ in 0..<20 {
                let world = try await World(engine)
                let pending = try await world.activate()
                async let rotation = world.rotate(pending, from: 1)
                async let revoked = world.store.revoke(
                    pending.facts.id, account: nil, client: nil, reason: .byUser, at: at(20), trace: trace)
                #expect(try await revoked)
                switch try await rotation {
                case .rotated, .revoked(.byUser): break
                case let other: Issue.record("unexpected: \(other)")
                }
                #expect(try await world.revocation(pending) == .byUser)
                #expect(try await world.rotate(pending, from: 2) == .revoked(.byUser))
            }
        },
    ]

    private static func expectOneWinner(_ outcomes: [Rotation], _ grant: PendingGrant) {
        #expect(outcomes.filter { if case .rotated = $0 { true } else { false } }.count == 1)
        #expect(outcomes.filter { $0 == .reused(grant.facts) }.count == 1)
        #expect(outcomes.filter { $0 == .revoked(.refreshReused) }.count == outcomes.count - 2)
    }
}
