/// Where the commands that talk to a server keep what outlives them.
/// - Source: XDG Base Directory Specification 0.8.
struct ClientFolders: Sendable, Equatable {
    /// What the person decides: `profiles.json`.
    let configuration: String
    /// What the commands keep: tokens and client secrets.
    let state: String

    /// The folders that an environment names.
    /// - Throws: `Failure` if it names no place at all.
    init(environment: [String: String]) throws {
        configuration = try Self.folder(environment, "XDG_CONFIG_HOME", belowHome: ".config")
        state = try Self.folder(environment, "XDG_STATE_HOME", belowHome: ".local/state")
    }

    /// The profiles.
    var profilesPath: String { configuration + "/profiles.json" }
    /// The tokens of a profile.
    func tokensPath(_ name: ProfileName) -> String { "\(state)/tokens/\(name.text).json" }
    /// The client secret of a profile, if it was given to us to keep.
    func secretPath(_ name: ProfileName) -> String { "\(state)/secrets/\(name.text)" }

    /// A relative path is ignored, as the specification says: it would mean another folder in each working directory.
    private static func folder(_ environment: [String: String], _ variable: String, belowHome: String) throws -> String {
        if let path = environment[variable], path.hasPrefix("/") { return trimmed(path) + "/sluice" }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw Failure(
                .misconfigured, "There is no place for profiles and tokens: neither HOME nor \(variable) names a folder.",
                kept: "Nothing was changed.", next: "Set HOME, or \(variable) to an absolute path.")
        }
        return "\(trimmed(home))/\(belowHome)/sluice"
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
