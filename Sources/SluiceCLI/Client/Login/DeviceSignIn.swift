import SluiceClient
import SluiceOAuth

/// A sign-in by a browser on any machine, where this one has none.
/// - Source: RFC 8628.
struct DeviceSignIn {
    /// The profile.
    let name: ProfileName
    /// The app at its server.
    let client: OAuthClient
    /// What is asked for.
    let scopes: Scopes
    /// Where the tokens go.
    let source: TokenSource
    /// How long the person may take, at most as long as the server says.
    let timeout: Duration
    /// The world.
    let surroundings: Surroundings

    /// Shows the code, waits, and stores the tokens.
    /// - Throws: `Failure` that says why nobody is signed in.
    func run() async throws -> TokenSet {
        let flow = DeviceFlow(client: client, pause: surroundings.pause)
        let tokens: TokenSet
        do {
            let authorization = try await flow.start(scopes: scopes)
            announce(authorization)
            tokens = try await flow.tokens(for: authorization, within: timeout)
        } catch {
            throw Failure(error, profile: name)
        }
        do { try await source.signIn(with: tokens) } catch { throw Failure(notKept: error, profile: name) }
        return tokens
    }

    private func announce(_ authorization: DeviceAuthorization) {
        let direct = authorization.completeVerificationURI.map {
            "\n\nOr open this address, which has the code in it:\n\n    \($0)"
        }
        surroundings.output.note(
            """
            On any device, open

                \(authorization.verificationURI)

            and enter the code

                \(authorization.userCode)\(direct ?? "")

            Enter it only if you started this sign-in yourself. Waiting; Ctrl-C gives up.
            """)
    }
}
