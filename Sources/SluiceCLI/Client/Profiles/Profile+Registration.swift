import SluiceClient

extension Profile {
    /// The app with its secret, if it has one.
    /// - Throws: `Failure` if the profile names no app, or its secret cannot be had.
    func registration(_ name: ProfileName, environment: [String: String]) throws -> ClientRegistration {
        guard let clientID else {
            throw Failure(
                .invalid, "The profile \(name.text) names no app.", kept: "Nothing was changed.",
                next: "Register a public client with the redirect URI http://127.0.0.1/callback, then: "
                    + "sluice profile add \(name.text) --client-id ID")
        }
        switch secret {
        case nil: return .publicClient(clientID)
        case .file(let path): return .confidentialClient(clientID, secret: try Self.secret(in: path))
        case .environment(let variable):
            guard let secret = environment[variable], !secret.isEmpty else {
                throw Failure(
                    .misconfigured, "The client secret of the profile \(name.text) is expected in \(variable), which is not set.",
                    kept: "Nothing was sent.", next: "Set \(variable), or add the profile again with --client-secret-file.")
            }
            return .confidentialClient(clientID, secret: secret)
        }
    }

    private static func secret(in path: String) throws -> String {
        do {
            guard let content = try PrivateFile.read(path, limitInBytes: 4_096) else {
                throw Failure(
                    .notFound, "The client secret's file \(path) is missing.", kept: "Nothing was sent.",
                    next: "Add the profile again with --client-secret-file.")
            }
            guard let secret = SecretInput.text(content), !secret.isEmpty else {
                throw Failure(
                    .invalid, "The client secret's file \(path) is empty or not UTF-8.", kept: "Nothing was sent.",
                    next: "Add the profile again with --client-secret-file.")
            }
            return secret
        } catch let problem as PrivateFile.Problem {
            switch problem {
            case .exposed(let mode):
                throw Failure(
                    .refused, "Others on this machine can read the client secret's file \(path) (mode \(mode)).",
                    kept: "Nothing was sent.", next: "Rotate the secret, and close the file: chmod 600 \(path)")
            case .link, .tooLarge, .system:
                throw Failure(
                    .unavailable, "The client secret's file \(path) cannot be read\(PrivateFile.words(problem)).",
                    kept: "Nothing was sent.", next: "Look at its permissions.")
            }
        }
    }
}

extension PrivateFile {
    /// Why, behind a sentence: `: no such file`; empty for an error that has no words for people.
    static func words(_ error: any Error) -> String {
        switch error as? Problem {
        case .system(let words): ": \(words)"
        case .tooLarge: ": it is too large"
        case .link: ": it is a symbolic link"
        case .exposed(let mode): ": others can read it (mode \(mode))"
        case nil: ""
        }
    }
}
