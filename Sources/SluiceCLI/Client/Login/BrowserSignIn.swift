import SluiceClient
import SluiceOAuth

/// A sign-in by the browser on this machine, which comes back to a port of 127.0.0.1.
/// - Source: RFC 8252 §6 and §7.3.
struct BrowserSignIn {
    /// The profile.
    let name: ProfileName
    /// The app at its server.
    let client: OAuthClient
    /// What is asked for.
    let scopes: Scopes
    /// Where the tokens go.
    let source: TokenSource
    /// How long the person may take.
    let timeout: Duration
    /// Whether a browser is started.
    let opensBrowser: Bool
    /// The world.
    let surroundings: Surroundings

    /// Signs in, and stores the tokens before the browser is told that it worked.
    /// - Throws: `Failure` that says why nobody is signed in.
    func run() async throws -> TokenSet {
        let listener = try await LoopbackListener()
        let session = AuthorizationSession(
            server: client.server, registration: client.registration,
            redirectURI: "http://127.0.0.1:\(listener.port)/callback", scopes: scopes)
        let desk = CallbackDesk(port: listener.port) { [client, source] callback in
            let tokens: TokenSet
            do throws(AuthorizationError) { tokens = try await session.handle(callback: callback, with: client) } catch {
                return .failure(.authorization(error))
            }
            do throws(TokenError) { try await source.signIn(with: tokens) } catch { return .failure(.storing(error)) }
            return .success(tokens)
        }
        listener.begin { await desk.answer($0) }
        announce(session.authorizationURL)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await listener.finish() }
            group.addTask { [surroundings, timeout] in try? await surroundings.pause(timeout) }
            await group.next()
            group.cancelAll()
        }
        await listener.close()
        let outcome: CallbackDesk.Result? = await desk.outcome()
        switch outcome {
        case .success(let tokens): return tokens
        case .failure(.authorization(let error)): throw Failure(error, profile: name)
        case .failure(.storing(let error)): throw Failure(notKept: error, profile: name)
        case nil: throw timedOut
        }
    }

    private func announce(_ url: String) {
        let headline = "Sign in at \(Printable.line(client.server.issuer)) with the profile \(name.text)"
        let isOpened = opensBrowser && surroundings.network.openBrowser(url, surroundings)
        let advice =
            isOpened
            ? "Your browser opens; if it does not, open this address on this machine:"
            : "Open this address in a browser on this machine:"
        surroundings.output.note(
            """
            \(headline). \(advice)

                \(url)

            Waiting for the browser to come back; Ctrl-C gives up.
            """)
    }

    private var timedOut: Failure {
        Failure(
            .unauthenticated, "Nobody signed in within \(timeout.components.seconds) s.", kept: "Nothing was changed.",
            next:
                "Run sluice login again. If the browser showed an error, it says what is wrong with the app: its redirect URI must be "
                + "http://127.0.0.1/callback.")
    }
}
