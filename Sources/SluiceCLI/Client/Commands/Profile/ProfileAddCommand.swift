import ArgumentParser
import SluiceClient
import SluiceOAuth

/// `sluice profile add`.
struct ProfileAddCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a profile, or give a built-in one its app.",
        discussion: """
            The address is that of the API or of the authorization server; `login` finds the rest there. The app must be registered with \
            the redirect URI http://127.0.0.1/callback. A confidential app's secret is read from a file, or from standard input for “-”, \
            and kept in a file of its own; or it stays in a variable of which the profile only knows the name.

              sluice profile add local --client-id 65f0…
              sluice profile add staging --url https://api.staging.example --client-id 65f0… --client-secret-file - --use
              sluice profile add ci --url https://api.buffer.com --client-id 65f0… --client-secret-env BUFFER_CLIENT_SECRET
            """)

    @Argument(help: ArgumentHelp("What it is called: letters, digits, dots, dashes and underscores.", valueName: "name"))
    var name: ProfileName
    @Option(help: ArgumentHelp("The server's address; not needed for buffer and local.", valueName: "url"))
    var url: String?
    @Option(help: ArgumentHelp("The app's client id.", valueName: "id"))
    var clientID: String?
    @Option(
        help: ArgumentHelp("The file that holds a confidential app's secret; - for standard input.", valueName: "file"),
        completion: .file())
    var clientSecretFile: String?
    @Option(help: ArgumentHelp("The environment variable that will hold a confidential app's secret.", valueName: "variable"))
    var clientSecretEnv: String?
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What `login` asks for; several may follow each other.", valueName: "scope"))
    var scope: [String] = []
    @Flag(help: "Put it in the place of one of the same name.")
    var replace = false
    @Flag(help: "Use it from now on when no profile is named.")
    var use = false
    @OptionGroup var options: JSONOption

    var wantsJSON: Bool { options.json }

    func validate() throws {
        guard clientSecretFile == nil || clientSecretEnv == nil else {
            throw ValidationError("The client secret is in a file or in a variable, not in both.")
        }
        guard clientID != nil || (clientSecretFile == nil && clientSecretEnv == nil) else {
            throw ValidationError("A client secret needs --client-id.")
        }
    }

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let folders = try ClientFolders(environment: surroundings.environment)
        var profile = try profile()
        let secret = try clientSecretFile.map { try SecretInput.read($0, what: "client secret", surroundings) }
        if secret != nil { profile.secret = .file(folders.secretPath(name)) }
        let added = profile
        let book = try await ProfileFile(folders).change { book in
            if let before = book.added[name] {
                guard replace else {
                    throw Failure(
                        .cannotCreate, "There is a profile \(name.text) already.", kept: "Nothing was changed.",
                        next: "Take another name, or put this one in its place with --replace.")
                }
                try Self.checkSignedOut(name, folders, unless: before.place == added.place && before.clientID == added.clientID)
                try Self.dropSecret(of: before, name, folders)
            }
            if let secret { try Self.keep(secret, folders.secretPath(name)) }
            book.added[name] = added
            if use { book.current = name }
            return book
        }
        guard let report = ProfileReport(name, in: book, folders: folders, environment: surroundings.environment) else {
            throw ProfileBook.unknown(name)
        }
        surroundings.output.show(
            Report(json: report.json, text: "Added the profile \(name.text).\n\n\(report.sheet.text)"), asJSON: options.json)
        return .ok
    }

    private func profile() throws -> Profile {
        var profile = Profile(place: try place(), scopes: try Scopes.given(scope))
        if let clientID {
            // RFC 6749 App. A.1: visible ASCII; nothing real has blanks in it.
            guard (1...256).contains(clientID.utf8.count), clientID.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Failure(.invalid, "This is no client id.", kept: "Nothing was changed.")
            }
            profile.clientID = clientID
        }
        if let clientSecretEnv {
            guard !clientSecretEnv.isEmpty, clientSecretEnv.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3D }) else {
                throw Failure(.invalid, "This is no variable's name.", kept: "Nothing was changed.")
            }
            profile.secret = .environment(clientSecretEnv)
        }
        return profile
    }

    private func place() throws -> Profile.Place {
        guard let url else {
            guard let builtIn = Profile.builtIn[name] else {
                throw Failure(
                    .usage, "The profile \(name.text) needs an address.", kept: "Nothing was changed.",
                    next: "Add --url: the address of the API or of the authorization server.")
            }
            return builtIn.place
        }
        guard let address = Profile.address(url) else {
            throw Failure(
                .invalid, "This is no http or https address of a server.", kept: "Nothing was changed.",
                next: "Write it like https://api.example.com, without user, query and fragment.")
        }
        // Buffer's endpoints are known, and need not be asked for.
        let isBuffer = address == Endpoints.buffer.apiURL || address == AuthorizationServer.buffer.issuer
        return isBuffer ? .buffer : .url(address)
    }

    /// A sign-in that nobody could reach any more would stay good at its server.
    static func checkSignedOut(_ name: ProfileName, _ folders: ClientFolders, unless isSame: Bool) throws {
        guard !isSame, folders.hasTokens(name) else { return }
        throw Failure(
            .refused, "Somebody is signed in with the profile \(name.text).", kept: "Nothing was changed.",
            next: "Sign out first: sluice logout --profile \(name.text)")
    }

    /// Removes a secret that was ours to keep; one in a file of the person's own stays.
    static func dropSecret(of profile: Profile, _ name: ProfileName, _ folders: ClientFolders) throws {
        guard profile.secret == .file(folders.secretPath(name)) else { return }
        do { try FileContent.remove(folders.secretPath(name)) } catch let error as SystemError {
            throw Failure(
                .unavailable, "The client secret \(folders.secretPath(name)) cannot be removed: \(error.words).",
                kept: "Nothing was changed.", next: "Look at the permissions of its folder.")
        }
    }

    private static func keep(_ secret: String, _ path: String) throws {
        do {
            try PrivateFile.makeFolder(of: path)
            try PrivateFile.replace(path, with: Array(secret.utf8) + [0x0A])
        } catch {
            throw Failure(
                .cannotCreate, "The client secret cannot be kept in \(path)\(PrivateFile.words(error)).",
                kept: "Nothing was changed.",
                next: "Look at the permissions of the folders above it, or name another place with XDG_STATE_HOME.")
        }
    }
}
