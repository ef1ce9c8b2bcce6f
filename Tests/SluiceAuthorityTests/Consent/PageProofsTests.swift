import Foundation
import SluiceOAuth
import Testing

@testable import SluiceAuthority

@Suite("Proofs that pages carry")
struct PageProofsTests {
    private struct World {
        let fixture: Fixture
        let session: Session
        let request: AuthorizationRequest
        let account: Account

        init() async throws {
            fixture = try await Fixture()
            account = try await fixture.account()
            session = try await fixture.session(of: account)
            let client = try await fixture.client(of: account).client
            request = try fixture.request(of: client, state: "&=+%#'\"<>é")
        }

        var proofs: PageProofs { fixture.authority.proofs }
    }

    @Test func `S37 a ticket brings back exactly what was displayed`() async throws {
        let world = try await World()
        let ticket = try world.proofs.open(
            world.proofs.ticket(for: world.request, session: world.session), session: world.session)
        #expect(ticket.request == world.request)
        #expect(ticket.accountID == world.account.id)
        #expect(ticket.sessionID == world.session.id)
        #expect(ticket.issuedAt == world.fixture.clock.now)
    }

    @Test func `S42 each page has a decision of its own`() async throws {
        let world = try await World()
        let decisions = try (0..<20).map { _ in
            try world.proofs.open(
                world.proofs.ticket(for: world.request, session: world.session), session: world.session
            ).decision
        }
        #expect(Set(decisions).count == 20)
    }

    @Test func `S37 a changed ticket is none`() async throws {
        let world = try await World()
        let ticket = world.proofs.ticket(for: world.request, session: world.session)
        let parts = ticket.split(separator: ".").map(String.init)
        var changed = [
            "", ".", ticket + ".", ticket + "A", String(ticket.dropLast()), parts[0], "." + parts[1],
            parts[1] + "." + parts[0],
        ]
        let characters = Array(ticket)
        for index in stride(from: 0, to: characters.count, by: 7) {
            var copy = characters
            copy[index] = copy[index] == "A" ? "B" : "A"
            if copy != characters { changed.append(String(copy)) }
        }
        changed.append(String(repeating: "A", count: 20_000) + "." + parts[1])
        for text in changed {
            #expect(throws: PageProofs.Problem.invalid, "\(text.prefix(30))") {
                try world.proofs.open(text, session: world.session)
            }
        }
    }

    @Test func `S37 a ticket is good in the session that saw it, and in no other`() async throws {
        let world = try await World()
        let ticket = world.proofs.ticket(for: world.request, session: world.session)
        let again = try await world.fixture.session(of: world.account)
        let stranger = try await world.fixture.session(of: world.fixture.account("bob@example.com"))
        for session in [again, stranger] {
            #expect(throws: PageProofs.Problem.invalid) { try world.proofs.open(ticket, session: session) }
        }
    }

    @Test func `S42 a ticket ends strictly after its lifetime`() async throws {
        let world = try await World()
        let ticket = world.proofs.ticket(for: world.request, session: world.session)
        world.fixture.clock.advance(by: 30 * 60 - 0.001)
        _ = try world.proofs.open(ticket, session: world.session)
        world.fixture.clock.advance(by: 0.001)
        #expect(throws: PageProofs.Problem.expired) { try world.proofs.open(ticket, session: world.session) }
    }

    @Test func `a form token belongs to one anchor`() async throws {
        let world = try await World()
        let token = world.proofs.formToken(anchor: "one")
        #expect(world.proofs.isFormToken(token, anchor: "one"))
        #expect(!world.proofs.isFormToken(token, anchor: "two"))
        for text in ["", "x", token + "A", String(token.dropLast()), token.uppercased()] {
            #expect(!world.proofs.isFormToken(text, anchor: "one"))
        }
        let elsewhere = try await World()
        #expect(elsewhere.proofs.formToken(anchor: "one") == token, "same master key: every node makes the same one")
    }

    @Test func `S33 a mark is good for its request, once the person has signed in again`() async throws {
        let world = try await World()
        world.fixture.clock.advance(by: 10)
        let mark = world.proofs.reauthenticationMark(for: world.request, after: world.session)
        #expect(PageProofs.asksAgain(mark))
        #expect(!world.proofs.isReauthenticated(world.session, mark: mark, request: world.request), "signed in before")
        let fresh = try await world.fixture.session(of: world.account)
        #expect(world.proofs.isReauthenticated(fresh, mark: mark, request: world.request))
        let client = try await world.fixture.client(of: world.account).client
        let other = try world.fixture.request(of: client)
        #expect(!world.proofs.isReauthenticated(fresh, mark: mark, request: other))
        let parts = mark.split(separator: ".").map(String.init)
        for text in [nil, "", ".", "0.\(parts[1]).\(parts[2])", "\(parts[0]).-.\(parts[2])", mark + "A"] {
            #expect(!world.proofs.isReauthenticated(fresh, mark: text, request: world.request))
        }
        let nobody = world.proofs.reauthenticationMark(for: world.request, after: nil)
        #expect(!PageProofs.asksAgain(nobody))
        #expect(world.proofs.isReauthenticated(fresh, mark: nobody, request: world.request))
        world.fixture.clock.advance(by: 30 * 60)
        #expect(!world.proofs.isReauthenticated(fresh, mark: mark, request: world.request), "too old")
    }
}
