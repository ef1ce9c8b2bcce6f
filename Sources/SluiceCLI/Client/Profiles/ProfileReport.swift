import SluiceClient
import SluiceOAuth

/// What is told of a profile. Holds no secret: of a client secret only where it is.
struct ProfileReport {
    /// Its name.
    let name: ProfileName
    /// What is known of it.
    let profile: Profile
    /// Whether it is used when none is named.
    let isCurrent: Bool
    /// Whether it comes with the command and was not changed.
    let isBuiltIn: Bool
    /// Where its tokens are, or would be.
    let tokensPath: String
    /// Whether there are tokens.
    let isSignedIn: Bool

    /// A profile of the book; `nil` if it has none of that name.
    init?(_ name: ProfileName, in book: ProfileBook, folders: ClientFolders, environment: [String: String]) {
        guard let profile = book[name] else { return nil }
        self.name = name
        self.profile = profile
        isCurrent = (try? book.choose(nil, environment: environment).name) == name
        isBuiltIn = book.isUntouched(name)
        tokensPath = folders.tokensPath(name)
        isSignedIn = folders.hasTokens(name)
    }

    /// For machines.
    var json: JSON {
        .object([
            ("name", .string(name.text)), ("url", .string(profile.place.text)), ("client_id", .optional(profile.clientID)),
            ("client_secret", secret), ("scopes", profile.scopes.map { .strings($0.map(\.name)) } ?? .null),
            ("issuer", .optional(profile.endpoints?.authorizationServer.issuer)),
            ("api_url", .optional(profile.endpoints?.apiURL)), ("current", .bool(isCurrent)), ("built_in", .bool(isBuiltIn)),
            ("signed_in", .bool(isSignedIn)),
        ])
    }

    /// For people.
    var sheet: FactSheet {
        FactSheet([
            ("Profile", name.text + (isCurrent ? " (current)" : "")), ("Server", profile.place.text),
            ("Client id", profile.clientID ?? "none yet: sluice profile add \(name.text) --client-id …"),
            ("Client secret", secretWords), ("Scopes", profile.scopes?.text),
            ("Issuer", profile.endpoints?.authorizationServer.issuer), ("API", profile.endpoints?.apiURL),
            ("Signed in", isSignedIn ? "yes, tokens in \(tokensPath)" : "no"),
        ])
    }

    private var secret: JSON {
        switch profile.secret {
        case .file(let path): .object([("file", .string(path))])
        case .environment(let name): .object([("environment", .string(name))])
        case nil: .null
        }
    }

    private var secretWords: String? {
        switch profile.secret {
        case .file(let path): "in \(path)"
        case .environment(let name): "in the variable \(name)"
        case nil: nil
        }
    }
}

extension ClientFolders {
    /// Whether there is something where a profile's tokens would be.
    func hasTokens(_ name: ProfileName) -> Bool { (try? FileMode(tokensPath(name))) != nil }
}
