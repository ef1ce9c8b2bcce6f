import SluiceAuthority
import SluiceOAuth

/// What a sandbox holds when it starts: read from YAML, checked as far as it can be without a database.
struct Fixture: Sendable {
    /// An account and what belongs to it.
    struct Person: Sendable {
        let email: EmailAddress
        let name: DisplayName
        let password: String
        let timeZone: String
        /// At least one.
        let organizations: [Organization]
        let keys: [Key]
        let apps: [App]
        let place: FixturePlace
    }

    /// An API key.
    struct Key: Sendable {
        let name: DisplayName
        /// `nil` for everything.
        let scopes: Scopes?
        let expires: Expiry
        /// The key to keep; `nil` for a fresh one.
        let pinned: APIKey?
        let place: FixturePlace
    }

    /// A client.
    struct App: Sendable {
        let name: DisplayName
        let type: ClientType
        let redirectURIs: [String]
        /// What it may ask for; `nil` for every scope.
        let scopes: Scopes?
        let pinned: Clients.Pinned
        let place: FixturePlace
    }

    /// A grant.
    struct Approval: Sendable {
        let name: DisplayName
        /// Who approved.
        let account: EmailAddress
        /// The name of what was approved.
        let app: DisplayName
        let scopes: Scopes
        let place: FixturePlace
    }

    /// At least one.
    let people: [Person]
    let grants: [Approval]

    /// The one that holds unless another is named.
    static let builtInText = String(decoding: PackageResources.fixture_yaml, as: UTF8.self)

    /// How many elements a list may have.
    static let limit = 100
    /// How large a file may be.
    static let limitInBytes = 1 << 20
    /// What signs an account in whose fixture names no password.
    static let standardPassword = "a long passphrase of yours"
}

/// A place in a fixture, as errors name it: `accounts[0].keys[1].scopes`, and the line.
struct FixturePlace: Sendable {
    /// Where in the structure; empty for the whole.
    let path: String
    /// Where in the file, counted from 1.
    let line: Int?
    /// What the file is called.
    let file: String

    /// What is wrong there.
    /// - Parameters:
    ///   - words: What is there, as a sentence.
    ///   - advice: What would be right, as a sentence.
    func failure(_ words: String, _ advice: String? = nil) -> Failure {
        let line = line.map { ", line \($0)" } ?? ""
        let path = path.isEmpty ? "" : ", at \(Printable.line(path))"
        return Failure(
            .invalid, "The fixture \(Printable.line(file))\(line)\(path): \(words)", kept: "Nothing was started.",
            next: advice)
    }

    /// The same place, on a line that is known better.
    func at(line: Int?) -> FixturePlace { FixturePlace(path: path, line: line ?? self.line, file: file) }

    /// The place of a member.
    func member(_ name: String, line: Int?) -> FixturePlace {
        FixturePlace(path: path.isEmpty ? name : "\(path).\(name)", line: line ?? self.line, file: file)
    }

    /// The place of an element.
    func element(_ index: Int, line: Int?) -> FixturePlace {
        FixturePlace(path: "\(path)[\(index)]", line: line ?? self.line, file: file)
    }
}
