import Foundation
import SluiceAuthority
import SluiceOAuth
import SluicePosting
import SluiceServer

/// Makes what a fixture says, by the same steps that people and apps take: nothing is written past the rules.
struct Seeder: Sendable {
    let authority: Authority
    let posting: Posting
    let clock: SandboxClock
    let random: RandomSource

    /// - Throws: `Failure` that names the place in the fixture.
    func seed(_ fixture: Fixture) async throws -> SeededWorld {
        var people: [SeededWorld.Person] = []
        for person in fixture.people { people.append(try await make(person)) }
        // When everybody is there who may be a member.
        people = try await fill(people, with: fixture)
        var grants: [SeededWorld.Approval] = []
        for approval in fixture.grants { grants.append(try await make(approval, people)) }
        return SeededWorld(people: people, grants: grants)
    }

    private func fill(_ people: [SeededWorld.Person], with fixture: Fixture) async throws -> [SeededWorld.Person] {
        let seeder = OrganizationSeeder(
            authority: authority, posting: posting, clock: clock, accounts: people.map(\.account))
        var filled = people
        for (index, person) in fixture.people.enumerated() {
            for (number, organization) in person.organizations.enumerated() {
                let team = people[index].organizations[number]
                filled[index].organizations[number].channels = try await seeder.fill(team.organization, with: organization)
            }
        }
        return filled
    }

    private func make(_ person: Fixture.Person) async throws -> SeededWorld.Person {
        let account = try await person.place.during {
            try await authority.accounts.create(
                email: person.email.text, name: person.name.text, password: person.password, timeZone: person.timeZone,
                organization: person.organizations.first?.name.text, trace: .sandbox)
        }
        var organizations = try await authority.accounts.organizations(of: account.id)
        for organization in person.organizations.dropFirst() {
            organizations.append(
                try await organization.place.during {
                    try await authority.organizations.create(organization.name.text, for: account.id, trace: .sandbox)
                })
        }
        var keys: [APIKeys.Created] = []
        for key in person.keys {
            keys.append(
                try await key.place.during {
                    try await authority.keys.create(
                        for: account.id, name: key.name.text, scopes: key.scopes,
                        expiresAt: key.expires.date(from: clock.now), formID: nil, pinned: key.pinned, trace: .sandbox)
                })
        }
        var apps: [Clients.Created] = []
        for app in person.apps {
            apps.append(
                try await app.place.during {
                    try await authority.clients.register(
                        Clients.Draft(name: app.name.text, redirectURIs: app.redirectURIs), kind: app.type.kind,
                        owner: account.id, scopes: app.scopes, formID: nil, pinned: app.pinned, trace: .sandbox)
                })
        }
        return SeededWorld.Person(
            account: account, password: person.password,
            organizations: organizations.map { SeededWorld.Team(organization: $0) }, keys: keys, apps: apps)
    }

    /// The whole flow: request, sign-in, consent, code, exchange.
    private func make(
        _ approval: Fixture.Approval, _ people: [SeededWorld.Person]
    ) async throws -> SeededWorld.Approval {
        guard let account = people.first(where: { $0.account.email == approval.account })?.account,
            let app = people.flatMap(\.apps).first(where: { $0.client.name == approval.app })?.client,
            let redirectURI = app.redirectURIs.first?.text,
            let verifier = CodeVerifier(Base64URL.encode(random.bytes(32)))
        else { throw approval.place.failure("Its account or client is not there.") }
        let parameters = Parameters([
            ("client_id", app.id.text), ("redirect_uri", redirectURI), ("response_type", "code"),
            ("scope", approval.scopes.text), ("code_challenge", CodeChallenge(of: verifier).text),
            ("code_challenge_method", "S256"), ("prompt", "consent"),
        ])
        let answer = try await approval.place.during {
            try await BrowserlessConsent(authority).answer(parameters, as: account, .allow, trace: .sandbox)
        }
        guard let code = answer.code else {
            throw approval.place.failure("It was refused: \(answer.error?.summary ?? "no code was given")")
        }
        let tokens = try await approval.place.during {
            try await authority.grants.exchange(
                .authorizationCode(code: code.text, redirectURI: redirectURI, verifier: verifier), for: app,
                trace: .sandbox)
        }
        guard let id = try await authority.grants.grant(of: code.text) else {
            throw approval.place.failure("Its grant is not there.")
        }
        return SeededWorld.Approval(
            name: approval.name.text, id: id, account: account, client: app, tokens: tokens)
    }
}

extension FixturePlace {
    /// Takes a step, and names the place if it breaks a rule that only the rooms below know.
    func during<Value>(_ step: () async throws -> Value) async throws -> Value {
        do { return try await step() } catch let error as StoreError { throw error } catch {
            let problem = Failure(error)
            throw failure(problem.what, problem.next)
        }
    }
}

extension RequestTrace {
    /// A sandbox that makes what its fixture says.
    static let sandbox = RequestTrace(address: "-", userAgent: "sluice sandbox", requestID: "-")
}
