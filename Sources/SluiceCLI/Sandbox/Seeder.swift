import Foundation
import SluiceAuthority
import SluiceOAuth
import SluiceServer

/// Makes what a fixture says, by the same steps that people and apps take: nothing is written past the rules.
struct Seeder: Sendable {
    let authority: Authority
    let clock: SandboxClock
    let random: RandomSource

    /// - Throws: `Failure` that names the place in the fixture.
    func seed(_ fixture: Fixture) async throws -> SeededWorld {
        var people: [SeededWorld.Person] = []
        for person in fixture.people { people.append(try await make(person)) }
        var grants: [SeededWorld.Approval] = []
        for approval in fixture.grants { grants.append(try await make(approval, people)) }
        return SeededWorld(people: people, grants: grants)
    }

    private func make(_ person: Fixture.Person) async throws -> SeededWorld.Person {
        let account = try await at(person.place) {
            try await authority.accounts.create(
                email: person.email.text, name: person.name.text, password: person.password, timeZone: person.timeZone,
                organization: person.organizations.first?.text, trace: .sandbox)
        }
        for name in person.organizations.dropFirst() {
            _ = try await at(person.place) {
                try await authority.accounts.addOrganization(name.text, to: account.id, trace: .sandbox)
            }
        }
        var keys: [APIKeys.Created] = []
        for key in person.keys {
            keys.append(
                try await at(key.place) {
                    try await authority.keys.create(
                        for: account.id, name: key.name.text, scopes: key.scopes,
                        expiresAt: key.expires.date(from: clock.now), formID: nil, pinned: key.pinned, trace: .sandbox)
                })
        }
        var apps: [Clients.Created] = []
        for app in person.apps {
            apps.append(
                try await at(app.place) {
                    try await authority.clients.register(
                        Clients.Draft(name: app.name.text, redirectURIs: app.redirectURIs), kind: app.type.kind,
                        owner: account.id, scopes: app.scopes, formID: nil, pinned: app.pinned, trace: .sandbox)
                })
        }
        return SeededWorld.Person(
            account: account, password: person.password,
            organizations: try await authority.accounts.organizations(of: account.id), keys: keys, apps: apps)
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
        let answer = try await at(approval.place) {
            try await BrowserlessConsent(authority).answer(parameters, as: account, .allow, trace: .sandbox)
        }
        guard let code = answer.code else {
            throw approval.place.failure("It was refused: \(answer.error?.summary ?? "no code was given")")
        }
        let tokens = try await at(approval.place) {
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

    /// Names the place where a rule was broken that only the rooms below know.
    private func at<Value>(_ place: FixturePlace, _ step: () async throws -> Value) async throws -> Value {
        do { return try await step() } catch let error as StoreError { throw error } catch {
            let failure = Failure(error)
            throw place.failure(failure.what, failure.next)
        }
    }
}

extension RequestTrace {
    /// A sandbox that makes what its fixture says.
    fileprivate static let sandbox = RequestTrace(address: "-", userAgent: "sluice sandbox", requestID: "-")
}
