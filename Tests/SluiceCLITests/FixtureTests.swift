import Foundation
import SluiceAuthority
import SluiceOAuth
import SluicePosting
import Testing

@testable import SluiceCLI

@Suite("Fixtures of a sandbox")
struct FixtureTests {
    private func read(_ yaml: String) throws -> Fixture { try FixtureReader.read(yaml: yaml, file: "f.yaml") }

    @Test func `the built-in fixture is sound and has something of everything`() throws {
        let fixture = try read(Fixture.builtInText)
        #expect(fixture.people.count == 2)
        let ada = try #require(fixture.people.first)
        #expect(ada.organizations.count == 2)
        let engines = try #require(ada.organizations.first)
        #expect(engines.channels.map(\.draft.service) == [.twitter, .linkedin, .instagram, .mastodon])
        #expect(engines.members.map(\.role) == [.contributor])
        #expect(!engines.tags.isEmpty && !engines.ideas.isEmpty && !engines.templates.isEmpty)
        #expect(Set(engines.posts.map(\.status)) == [.sent, .scheduled, .draft])
        #expect(ada.keys.count == 2)
        #expect(Set(ada.apps.map(\.type)) == [.confidential, .public])
        #expect(fixture.grants.count == 1)
        #expect(fixture.grants.allSatisfy { $0.scopes.contains(.offlineAccess) })
    }

    @Test func `everything that may stand in a fixture is read`() throws {
        let key = APIKey(random: Array(repeating: 1, count: 32)).text
        let secret = ClientSecret(random: Array(repeating: 2, count: 32)).text
        let fixture = try read(
            """
            accounts:
              - email: Ada@Example.com
                name: Ada
                password: 12345678901
                time_zone: Europe/London
                organizations: [One, "Two"]
                keys:
                  - {name: k, scopes: [posts:read], expires: 30d, value: \(key)}
                  - {name: k2, expires: never}
                clients:
                  - name: App
                    type: confidential
                    redirect_uris: [https://app.example/cb, http://127.0.0.1/cb]
                    scopes: [posts:read, offline_access]
                    id: 0123456789abcdef01234567
                    secret: \(secret)
            grants:
              - {name: g, account: ADA@example.com, client: App, scopes: [posts:read]}
            """)
        let ada = try #require(fixture.people.first)
        #expect(ada.email.text == "ada@example.com")
        #expect(ada.password == "12345678901")
        #expect(ada.timeZone == "Europe/London")
        #expect(ada.organizations.map(\.name.text) == ["One", "Two"])
        #expect(ada.keys.map(\.pinned?.text) == [key, nil])
        #expect(ada.keys.map(\.expires) == [.after(seconds: 30 * 86_400), .never])
        #expect(ada.keys.first?.scopes?.text == "posts:read")
        let app = try #require(ada.apps.first)
        #expect(app.type == .confidential)
        #expect(app.redirectURIs == ["https://app.example/cb", "http://127.0.0.1/cb"])
        #expect(app.scopes?.text == "posts:read offline_access")
        #expect(app.pinned.id?.text == "0123456789abcdef01234567")
        #expect(app.pinned.secret?.text == secret)
        #expect(fixture.grants.first?.account == ada.email)
        #expect(fixture.grants.first?.app == app.name)
    }

    @Test func `what may be left out has a default, and null is the same as left out`() throws {
        let fixture = try read("accounts: [{email: a@b.example, name: A, keys: ~, time_zone: null, password: }]")
        let person = try #require(fixture.people.first)
        #expect(person.password == Fixture.standardPassword)
        #expect(person.timeZone == "UTC")
        #expect(person.organizations.map(\.name.text) == ["A’s organization"])
        #expect(person.keys.isEmpty && person.apps.isEmpty && fixture.grants.isEmpty)
    }

    @Test func `JSON is YAML: the same in braces is read the same`() throws {
        let fixture = try read(
            #"{"accounts":[{"email":"a@b.example","name":"Zo\u00eb","organizations":["null"],"keys":[{"name":"k","scopes":["posts:read"],"expires":null}]}],"grants":[]}"#
        )
        #expect(fixture.people.first?.name.text == "Zoë")
        #expect(fixture.people.first?.organizations.map(\.name.text) == ["null"])
        #expect(fixture.people.first?.keys.first?.scopes?.text == "posts:read")
    }

    @Test(
        arguments: [
            ("", "It is empty", nil), ("accounts: []", "at least one account", nil), ("- a", "mapping", nil),
            ("accounts: [", "This is no YAML", nil), ("a: 1\n---\nb: 2", "This is no YAML", nil),
            ("accounts: 5", "A list is expected here", "accounts"),
            ("accounts: [x]", "mapping", "accounts[0]"),
            ("accounts:\n- email: a@b.example\n  name: A\nchannels: []", "“channels” means nothing here", "line 4"),
            ("accounts: [{email: a@b.example, name: A, nme: B}]", "“nme” means nothing here", "accounts[0]"),
            ("accounts: [{email: a@b.example, name: A, name: B}]", "twice: name", "line 1"),
            ("accounts: [{name: A}]", "“email” is missing", "accounts[0]"),
            ("accounts: [{email: a@b.example}]", "“name” is missing", "accounts[0]"),
            ("accounts: [{email: ab, name: A}]", "no e-mail address", "accounts[0].email"),
            ("accounts: [{email: a@b.example, name: \"\"}]", "1 to 100 characters", "accounts[0].name"),
            ("accounts: [{email: a@b.example, name: [A]}]", "A text is expected", "accounts[0].name"),
            ("accounts: [{email: a@b.example, name: A, time_zone: Mars}]", "Europe/Berlin", "accounts[0].time_zone"),
            (
                "accounts:\n- {email: a@b.example, name: A}\n- {email: A@B.example, name: B}", "this address already",
                "line 3, at accounts[1].email"
            ),
            ("accounts: [{email: a@b.example, name: A, keys: [{}]}]", "“name” is missing", "accounts[0].keys[0]"),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, scopes: [posts:reed]}]}]", "posts:read",
                "accounts[0].keys[0].scopes[0]"
            ),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, scopes: [offline_access]}]}]", "It may be:",
                "accounts[0].keys[0].scopes[0]"
            ),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, scopes: []}]}]", "At least one scope",
                "accounts[0].keys[0].scopes"
            ),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, expires: soon}]}]", "90d",
                "accounts[0].keys[0].expires"
            ),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, value: secret}]}]", "buf_, 43 letters or digits",
                "accounts[0].keys[0].value"
            ),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k}, {name: k}]}]", "this name already",
                "accounts[0].keys[1].name"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: secret, redirect_uris: [https://x.example]}]}]",
                "public or confidential", "accounts[0].clients[0].type"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: public, redirect_uris: [http://x.example]}]}]",
                "Use https", "accounts[0].clients[0].redirect_uris[0]"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: public, redirect_uris: []}]}]",
                "1 to 20 redirect URIs", "accounts[0].clients[0].redirect_uris"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: public, redirect_uris: [https://x.example/], id: X}]}]",
                "24 of the characters", "accounts[0].clients[0].id"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: public, redirect_uris: [https://x.example/], secret: s}]}]",
                "A public client has no secret", "accounts[0].clients[0].secret"
            ),
            (
                "accounts: [{email: a@b.example, name: A, clients: [{name: c, type: confidential, redirect_uris: [https://x.example/], secret: s}]}]",
                "sls_, 43 letters or digits", "accounts[0].clients[0].secret"
            ),
        ] as [(String, String, String?)])
    func `what is wrong is told with its place and what would be right`(yaml: String, words: String, place: String?) throws {
        let failure = try #require(throws: Failure.self) { try read(yaml) }
        #expect(failure.status == .invalid)
        #expect(failure.paragraph.contains(words), "\(failure.paragraph)")
        #expect(failure.paragraph.hasPrefix("The fixture f.yaml"))
        if let place { #expect(failure.paragraph.contains(place), "\(failure.paragraph)") }
    }

    private static let person = """
        accounts:
          - email: a@b.example
            name: A
            clients: [{name: App, type: public, redirect_uris: [https://x.example/], scopes: [posts:read]}]
        """

    @Test(arguments: [
        ("{name: g, account: c@b.example, client: App, scopes: [posts:read]}", "It has: a@b.example", "account"),
        ("{name: g, account: a@b.example, client: Ap, scopes: [posts:read]}", "It has: App", "client"),
        ("{name: g, account: a@b.example, client: App, scopes: [posts:write]}", "It may be: posts:read", "scopes[0]"),
        ("{name: g, account: a@b.example, client: App}", "“scopes” is missing", ""),
        ("{name: a/b, account: a@b.example, client: App, scopes: [posts:read]}", "no slash", "name"),
        (
            "{name: 0123456789abcdef01234567, account: a@b.example, client: App, scopes: [posts:read]}",
            "24 hexadecimal digits", "name"
        ),
    ])
    func `a grant that refers to nothing is told what there is`(grant: String, words: String, member: String) throws {
        let failure = try #require(throws: Failure.self) { try read("\(Self.person)\ngrants: [\(grant)]") }
        #expect(failure.paragraph.contains(words), "\(failure.paragraph)")
        #expect(failure.paragraph.contains("line 5, at grants[0]\(member.isEmpty ? "" : ".\(member)")"), "\(failure.paragraph)")
    }

    @Test func `two grants of one name are refused, also among different apps`() throws {
        let grant = "{name: g, account: a@b.example, client: App, scopes: [posts:read]}"
        let failure = try #require(throws: Failure.self) { try read("\(Self.person)\ngrants: [\(grant), \(grant)]") }
        #expect(failure.paragraph.contains("grants[1].name"))
    }

    @Test func `whoever makes up a key is told its checksum, and then it is taken`() throws {
        func fixture(_ value: String) -> String {
            "accounts: [{email: a@b.example, name: A, keys: [{name: k, value: \(value)}]}]"
        }
        let body = "buf_" + String(repeating: "k", count: 43)
        for wrong in [body, body + "000000", body + "12"] {
            let failure = try #require(throws: Failure.self) { try read(fixture(wrong)) }
            #expect(!failure.paragraph.contains(body), "it may stand in a log")
            let checksum = try #require(failure.next?.split(separator: " ").last)
            #expect(checksum.count == 6)
            let told = "\(body)\(checksum)"
            #expect(try read(fixture(told)).people.first?.keys.first?.pinned?.text == told)
        }
        let failure = try #require(throws: Failure.self) { try read(fixture(String(body.dropLast()))) }
        #expect(failure.next?.contains("43 letters or digits") == true)
    }

    @Test func `a list of a hundred is read and a hundred and one is too long`() throws {
        func accounts(_ count: Int) -> String {
            "accounts:\n" + (0..<count).map { "- {email: p\($0)@b.example, name: P}" }.joined(separator: "\n")
        }
        #expect(try read(accounts(100)).people.count == 100)
        #expect(throws: Failure.self) { try read(accounts(101)) }
    }

    @Test func `a broken file's passwords are not in the error`() throws {
        for text in [
            "accounts:\n- email: a@b.example\n  password: hunter2-hunter2: x\n", "accounts: [{password: hunter2-hunter2, ]}",
            "accounts: [{password: hunter2-hunter2, name: [}]",
        ] {
            let failure = try #require(throws: Failure.self) { try read(text) }
            #expect(!failure.paragraph.contains("hunter2"), "\(failure.paragraph)")
        }
    }

    @Test func `a file is read, standard input too, and one that is not there is told`() throws {
        let bed = try TestBed()
        let path = try bed.write("f.yaml", "accounts: [{email: a@b.example, name: A}]")
        let surroundings = Catcher().surroundings(input: "accounts: [{email: c@b.example, name: C}]")
        #expect(try FixtureReader.read(path, surroundings).people.first?.name.text == "A")
        #expect(try FixtureReader.read("-", surroundings).people.first?.name.text == "C")
        #expect(try FixtureReader.read(nil, surroundings).people.count == 2)
        let missing = try #require(throws: Failure.self) { try FixtureReader.read(bed.folder + "/no.yaml", surroundings) }
        #expect(missing.status == .notFound)
        let endless = Catcher().surroundings(input: String(repeating: "a", count: Fixture.limitInBytes + 1))
        #expect(throws: Failure.self) { try FixtureReader.read("-", endless) }
    }
}
