import Foundation

/// What `profiles.json` holds: the profiles that were added, and which one is used when none is named.
struct ProfileBook: Sendable, Equatable {
    /// The environment variable that names a profile.
    static let variable = "SLUICE_PROFILE"
    /// The most profiles one file may hold.
    static let limitOfProfiles = 200

    /// The one that `profile use` chose.
    var current: ProfileName?
    /// Those that were added or used, by name; a built-in one that was not touched is not among them.
    var added: [ProfileName: Profile] = [:]

    /// A profile by name, built-in ones too.
    subscript(name: ProfileName) -> Profile? { added[name] ?? Profile.builtIn[name] }

    /// Every name, in alphabetical order.
    var names: [ProfileName] { Set(added.keys).union(Profile.builtIn.keys).sorted() }

    /// Whether nothing but its name is known of a profile: it comes with the command and was not changed.
    func isUntouched(_ name: ProfileName) -> Bool { added[name] == nil && Profile.builtIn[name] != nil }

    /// Which profile a command works with: the one that is named, else `SLUICE_PROFILE`, else the current one, else Buffer.
    /// - Throws: `Failure` if it does not exist.
    func choose(_ named: ProfileName?, environment: [String: String]) throws -> (name: ProfileName, profile: Profile) {
        let name = try chosenName(named, environment: environment)
        guard let profile = self[name] else { throw Self.unknown(name) }
        return (name, profile)
    }

    /// There is no such profile.
    static func unknown(_ name: ProfileName) -> Failure {
        Failure(
            .notFound, "There is no profile \(name.text).", kept: "Nothing was changed.",
            next: "`sluice profile list` shows all; `sluice profile add \(name.text) --url … --client-id …` makes it.")
    }

    private func chosenName(_ named: ProfileName?, environment: [String: String]) throws -> ProfileName {
        if let named { return named }
        if let text = environment[Self.variable], !text.isEmpty {
            guard let name = ProfileName(text) else {
                throw Failure(
                    .misconfigured, "\(Self.variable) is no profile's name: “\(Printable.line(text))”.",
                    kept: "Nothing was changed.", next: "`sluice profile list` shows all names.")
            }
            return name
        }
        return current ?? .buffer
    }
}

extension ProfileBook: Codable {
    private enum Key: String, CodingKey {
        case version, current, profiles
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        guard try values.decode(Int.self, forKey: .version) == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: values, debugDescription: "a version that this sluice does not know")
        }
        func name(_ text: String, _ key: Key) throws -> ProfileName {
            guard let name = ProfileName(text) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: "no profile's name")
            }
            return name
        }
        current = try values.decodeIfPresent(String.self, forKey: .current).map { try name($0, .current) }
        for (text, profile) in try values.decode([String: Profile].self, forKey: .profiles) {
            added[try name(text, .profiles)] = profile
        }
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        // A later version that means something else must not be rewritten by this one.
        try values.encode(1, forKey: .version)
        try values.encodeIfPresent(current?.text, forKey: .current)
        try values.encode(Dictionary(uniqueKeysWithValues: added.map { ($0.key.text, $0.value) }), forKey: .profiles)
    }
}
