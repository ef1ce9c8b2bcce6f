import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Cut-offs")
struct CutOffsTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let account = AccountID(random: .system)
    private let client = ClientID(random: .system)
    private let grant = GrantID(random: .system)

    private func token(issued: Double = 0, grant other: GrantID? = nil) -> Bearer {
        Bearer(
            accountID: account, scopes: Scopes(),
            source: .accessToken(
                grant: other ?? grant, client: client, issuedAt: start.addingTimeInterval(issued)), expiresAt: nil)
    }

    private var key: Bearer {
        Bearer(accountID: account, scopes: nil, source: .apiKey(APIKeyID(random: .system)), expiresAt: nil)
    }

    private func cutOffs() -> CutOffs {
        let cutOffs = CutOffs()
        cutOffs.noteSynced(at: start)
        return cutOffs
    }

    @Test func `a grant that was cut is cut for every token, whenever issued`() {
        let cutOffs = cutOffs()
        #expect(cutOffs.refusal(for: token(), now: start, stalenessBound: 10) == nil)
        cutOffs.note(.grant(grant), at: start)
        for issued in [-10, 0, 10] {
            #expect(cutOffs.refusal(for: token(issued: Double(issued)), now: start, stalenessBound: 10) == .revoked)
        }
        #expect(
            cutOffs.refusal(for: token(grant: GrantID(random: .system)), now: start, stalenessBound: 10) == nil)
    }

    @Test func `an account and a client are cut for tokens from before, that very second included`() {
        for subject in [Change.Subject.account(account), .client(client)] {
            let cutOffs = cutOffs()
            cutOffs.note(subject, at: start.addingTimeInterval(0.5))
            #expect(cutOffs.refusal(for: token(issued: -1), now: start, stalenessBound: 10) == .revoked)
            #expect(cutOffs.refusal(for: token(issued: 0), now: start, stalenessBound: 10) == .revoked)
            #expect(cutOffs.refusal(for: token(issued: 1), now: start, stalenessBound: 10) == nil)
        }
    }

    @Test func `after the clock was set back, what was known before it says nothing until the next look`() {
        let cutOffs = cutOffs()
        let back = start.addingTimeInterval(-3600)
        #expect(!cutOffs.isInTouch(at: back, stalenessBound: 10))
        #expect(cutOffs.refusal(for: key, now: back, stalenessBound: 10) == .temporarilyUnavailable)
        cutOffs.noteSynced(at: back, now: back)
        #expect(cutOffs.refusal(for: key, now: back, stalenessBound: 10) == nil)
        #expect(cutOffs.refusal(for: key, now: back.addingTimeInterval(11), stalenessBound: 10) == .temporarilyUnavailable)
    }

    @Test func `a look that took long does not undo a later one`() {
        let cutOffs = cutOffs()
        cutOffs.noteSynced(at: start.addingTimeInterval(-30), now: start)
        #expect(cutOffs.isInTouch(at: start, stalenessBound: 10))
    }

    @Test func `an older note does not replace a newer one`() {
        let cutOffs = cutOffs()
        cutOffs.note(.account(account), at: start.addingTimeInterval(5))
        cutOffs.note(.account(account), at: start)
        #expect(cutOffs.refusal(for: token(issued: 3), now: start, stalenessBound: 10) == .revoked)
    }

    @Test func `changes that cut nothing cut nothing`() {
        let cutOffs = cutOffs()
        for subject in [
            Change.Subject.key(APIKeyID(random: .system)), .accountChanged(account), .clientChanged(client),
            .signingKeys,
        ] { cutOffs.note(subject, at: start) }
        #expect(cutOffs.refusal(for: token(), now: start, stalenessBound: 10) == nil)
    }

    @Test func `what is too old is forgotten, and nothing younger`() {
        let cutOffs = cutOffs()
        let other = GrantID(random: .system)
        cutOffs.note(.grant(grant), at: start)
        cutOffs.note(.grant(other), at: start.addingTimeInterval(-1))
        cutOffs.forget(before: start)
        #expect(cutOffs.refusal(for: token(), now: start, stalenessBound: 10) == .revoked)
        #expect(cutOffs.refusal(for: token(grant: other), now: start, stalenessBound: 10) == nil)
    }

    @Test func `out of touch it refuses keys and tokens as temporarily unavailable, cut off or not`() {
        let cutOffs = CutOffs()
        #expect(
            cutOffs.refusal(for: token(), now: start, stalenessBound: 10) == .temporarilyUnavailable, "never synced")
        cutOffs.noteSynced(at: start)
        cutOffs.noteSynced(at: start.addingTimeInterval(-100))
        cutOffs.note(.grant(grant), at: start)
        for bearer in [token(), key] {
            let late = start.addingTimeInterval(10.001)
            #expect(cutOffs.refusal(for: bearer, now: late, stalenessBound: 10) == .temporarilyUnavailable)
        }
        #expect(cutOffs.refusal(for: key, now: start.addingTimeInterval(10), stalenessBound: 10) == nil)
        #expect(cutOffs.isInTouch(at: start.addingTimeInterval(10), stalenessBound: 10))
        #expect(!cutOffs.isInTouch(at: start.addingTimeInterval(10.001), stalenessBound: 10))
    }
}
