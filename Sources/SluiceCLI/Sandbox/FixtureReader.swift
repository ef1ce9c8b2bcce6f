import Foundation
import SluiceAuthority
import SluiceOAuth

/// Reads fixtures. Every name is checked here, so that what refers to nothing is told before anything is made.
struct FixtureReader {
    /// What was taken already; it may be there once.
    private var taken: Set<String> = []
    private var people: [Fixture.Person] = []
    private var organizations = FixtureOrganizationReader()

    /// The fixture in a file, or in standard input for `-`; `nil` for the built-in one.
    static func read(_ path: String?, _ surroundings: Surroundings) throws -> Fixture {
        guard let path else { return try read(yaml: Fixture.builtInText, file: "(built in)") }
        let limit = Fixture.limitInBytes
        let bytes: [UInt8]
        do {
            bytes =
                path == "-"
                ? try surroundings.readStandardInput(limit) : try FileContent.read(path, limitInBytes: limit)
        } catch let error as SystemError {
            throw Failure(
                .notFound, "The fixture \(Printable.line(path)) cannot be read: \(error.words).",
                kept: "Nothing was started.", next: "Correct --fixture.")
        }
        guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(
                .invalid, "The fixture \(Printable.line(path)) is longer than \(limit) bytes or not UTF-8.",
                kept: "Nothing was started.")
        }
        return try read(yaml: text, file: path)
    }

    /// The fixture in a text.
    /// - Throws: `Failure` that names the place, and what would be right there.
    static func read(yaml: String, file: String) throws -> Fixture {
        var reader = FixtureReader()
        let root = try FixtureNode(yaml: yaml, file: file)
        let members = try root.members(["accounts", "grants"])
        let accounts = try members["accounts"]?.elements() ?? []
        guard !accounts.isEmpty else {
            throw root.place.failure(
                "It needs at least one account.", "`sluice sandbox --print-fixture` shows how one is written.")
        }
        for account in accounts { reader.people.append(try reader.person(account)) }
        try reader.checkMembers()
        let grants = try (members["grants"]?.elements() ?? []).map { try reader.approval($0) }
        return Fixture(people: reader.people, grants: grants)
    }

    private mutating func person(_ node: FixtureNode) throws -> Fixture.Person {
        let members = try node.members([
            "email", "name", "password", "time_zone", "organizations", "keys", "clients",
        ])
        let emailNode = try node.present("email", among: members)
        guard let email = EmailAddress(try emailNode.text()) else {
            throw emailNode.place.failure("This is no e-mail address.", "Write it as name@example.com.")
        }
        try once("account \(email.text)", emailNode, "There is an account with this address already.")
        let name = try node.present("name", among: members).name()
        let timeZone = try members["time_zone"]?.timeZone() ?? "UTC"
        let organizations = try (members["organizations"]?.elements() ?? []).map { try self.organizations.organization($0) }
        return Fixture.Person(
            email: email, name: name, password: try members["password"]?.text() ?? Fixture.standardPassword,
            timeZone: timeZone,
            organizations: organizations.isEmpty
                ? [
                    Fixture.Organization(
                        name: DisplayName("\(name.text.prefix(80))’s organization") ?? name, place: node.place)
                ] : organizations,
            keys: try (members["keys"]?.elements() ?? []).map { try key($0) },
            apps: try (members["clients"]?.elements() ?? []).map { try app($0) }, place: node.place)
    }

    /// Who belongs to an organization has an account, and is no second time what its owner is.
    private func checkMembers() throws {
        for person in people {
            for member in person.organizations.flatMap(\.members) {
                guard people.contains(where: { $0.email == member.email }) else {
                    throw member.place.failure(
                        "There is no such account.", "It has: \(people.map(\.email.text).joined(separator: ", ")).")
                }
                guard member.email != person.email else {
                    throw member.place.failure("This account is the organization's owner.", "Leave it out.")
                }
            }
        }
    }

    private mutating func key(_ node: FixtureNode) throws -> Fixture.Key {
        let members = try node.members(["name", "scopes", "expires", "value"])
        let nameNode = try node.present("name", among: members)
        let name = try nameNode.name()
        try once("key \(name.text)", nameNode, "There is a key of this name already.")
        return Fixture.Key(
            name: name, scopes: try members["scopes"].map { try scopes($0, known: ScopeCatalog.resource) },
            expires: try members["expires"].map(expiry) ?? .never,
            pinned: try members["value"].map { try pinnedKey($0) }, place: node.place)
    }

    private mutating func pinnedKey(_ node: FixtureNode) throws -> APIKey {
        let text = try node.text()
        guard let key = APIKey(text) else {
            throw node.place.failure(
                "This is no API key: buf_, 43 letters or digits, and their checksum.",
                mended("buf_", APIKey.mended(text)))
        }
        try once("value \(text)", node, "There is a key of this value already.")
        return key
    }

    private mutating func app(_ node: FixtureNode) throws -> Fixture.App {
        let members = try node.members(["name", "type", "redirect_uris", "scopes", "id", "secret"])
        let nameNode = try node.present("name", among: members)
        let name = try nameNode.name()
        try once("client \(name.text)", nameNode, "There is a client of this name already.")
        let typeNode = try node.present("type", among: members)
        guard let type = ClientType(rawValue: try typeNode.text()) else {
            throw typeNode.place.failure("This is no type of client.", "Write public or confidential.")
        }
        return Fixture.App(
            name: name, type: type, redirectURIs: try redirectURIs(try node.present("redirect_uris", among: members)),
            scopes: try members["scopes"].map { try scopes($0, known: ScopeCatalog.all) },
            pinned: Clients.Pinned(
                id: try members["id"].map { try clientID($0) },
                secret: try members["secret"].map { try secret($0, type) }), place: node.place)
    }

    private mutating func clientID(_ node: FixtureNode) throws -> ClientID {
        guard let id = ClientID(try node.text()) else {
            throw node.place.failure("This is no client id.", "Write 24 of the characters 0 to 9 and a to f.")
        }
        try once("client id \(id.text)", node, "There is a client with this id already.")
        return id
    }

    private func secret(_ node: FixtureNode, _ type: ClientType) throws -> ClientSecret {
        guard type == .confidential else {
            throw node.place.failure("A public client has no secret.", "Leave it out, or make the client confidential.")
        }
        let text = try node.text()
        guard let secret = ClientSecret(text) else {
            throw node.place.failure(
                "This is no client secret: sls_, 43 letters or digits, and their checksum.",
                mended("sls_", ClientSecret.mended(text)))
        }
        return secret
    }

    // Not the whole: the error may stand in a log, and the value may be one that somebody relies on.
    private func mended(_ prefix: String, _ text: String?) -> String {
        text.map { "Behind \(prefix) and 43 letters or digits it should end in the checksum \($0.suffix(6))" }
            ?? "Write \(prefix) and 43 letters or digits of your choice, and start again: the error then says the checksum."
    }

    private func redirectURIs(_ node: FixtureNode) throws -> [String] {
        let elements = try node.elements()
        guard !elements.isEmpty, elements.count <= AuthorityLimits.redirectURIs else {
            throw node.place.failure("A client needs 1 to \(AuthorityLimits.redirectURIs) redirect URIs.")
        }
        return try elements.map { element in
            do { return try RedirectURI(try element.text()).text } catch let problem as RedirectURIProblem {
                throw element.place.failure("This redirect URI is not accepted.", problem.advice)
            }
        }
    }

    private mutating func approval(_ node: FixtureNode) throws -> Fixture.Approval {
        let members = try node.members(["name", "account", "client", "scopes"])
        let nameNode = try node.present("name", among: members)
        let name = try nameNode.name()
        // A path names it beside its id.
        guard GrantID(name.text) == nil, !name.text.contains("/") else {
            throw nameNode.place.failure("A grant's name has no slash, and is not 24 hexadecimal digits, as ids are.")
        }
        try once("grant \(name.text)", nameNode, "There is a grant of this name already.")
        let accountNode = try node.present("account", among: members)
        let email = EmailAddress(try accountNode.text())
        guard let person = people.first(where: { $0.email == email }) else {
            throw accountNode.place.failure(
                "There is no such account.", "It has: \(people.map(\.email.text).joined(separator: ", ")).")
        }
        let appNode = try node.present("client", among: members)
        let app = DisplayName(try appNode.text())
        let apps = people.flatMap(\.apps)
        guard let app = apps.first(where: { $0.name == app }) else {
            let names = apps.map(\.name.text).joined(separator: ", ")
            throw appNode.place.failure(
                "There is no such client.", names.isEmpty ? "It has none yet." : "It has: \(names).")
        }
        let scopesNode = try node.present("scopes", among: members)
        return Fixture.Approval(
            name: name, account: person.email, app: app.name,
            scopes: try scopes(scopesNode, known: app.scopes ?? ScopeCatalog.all), place: node.place)
    }

    // MARK: Values

    private mutating func once(_ key: String, _ node: FixtureNode, _ words: String) throws {
        guard taken.insert(key).inserted else { throw node.place.failure(words) }
    }

    private func expiry(_ node: FixtureNode) throws -> Expiry {
        guard let expiry = Expiry(try node.text()) else {
            throw node.place.failure(
                "This is no expiry.", "Write 2027-01-31, 2027-01-31T12:00:00Z, 90d, 12h or never.")
        }
        return expiry
    }

    private func scopes(_ node: FixtureNode, known: Scopes) throws -> Scopes {
        let elements = try node.elements()
        guard !elements.isEmpty else { throw node.place.failure("At least one scope is needed.") }
        return Scopes(
            try elements.map { element in
                guard let scope = Scope(try element.text()), known.contains(scope) else {
                    throw element.place.failure("This is no scope that can stand here.", "It may be: \(known.text).")
                }
                return scope
            })
    }
}
