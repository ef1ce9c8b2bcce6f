import Foundation
import SluiceClient
import SluiceOAuth

/// The profile that a command works with, and what its files hold.
struct ChosenProfile: Sendable {
    /// Its name.
    let name: ProfileName
    /// What is known of it.
    let profile: Profile
    /// Where its files are.
    let folders: ClientFolders
    private let surroundings: Surroundings

    /// The profile that flag, environment and file choose.
    /// - Throws: `Failure` if it does not exist or the profiles cannot be read.
    init(_ named: ProfileName?, in surroundings: Surroundings) throws {
        folders = try ClientFolders(environment: surroundings.environment)
        let book = try ProfileFile(folders).read()
        (name, profile) = try book.choose(named, environment: surroundings.environment)
        self.surroundings = surroundings
    }

    /// Where its tokens are.
    var storage: FileTokenStorage { FileTokenStorage(path: folders.tokensPath(name)) }

    /// Makes the folder of the tokens.
    /// - Throws: `Failure` if it cannot be made.
    func prepareStorage() throws {
        do { try PrivateFile.makeFolder(of: folders.tokensPath(name)) } catch {
            throw Failure(
                .cannotCreate, "There is no place for tokens\(PrivateFile.words(error)).", kept: "Nothing was changed.",
                next: "Look at the permissions of the folders above it, or name another place with XDG_STATE_HOME.")
        }
    }

    /// The endpoints, asked for at the server itself.
    func discover() async throws -> Endpoints {
        switch profile.place {
        case .buffer: return .buffer
        case .url(let url): return try await Endpoints.discover(at: url, over: surroundings.network.transport)
        }
    }

    /// Somebody signed in here: a client with a source of fresh tokens. Asks nothing of the server but, where the last `login` could not
    /// note them, its endpoints.
    /// - Throws: `Failure` with `unauthenticated` if nobody is.
    func signedIn() async throws -> SignedInProfile {
        guard let stored = try await storage.load() else { throw nobody }
        let endpoints: Endpoints
        if let known = profile.endpoints { endpoints = known } else { endpoints = try await discover() }
        let client = try client(of: endpoints)
        return SignedInProfile(
            name: name, endpoints: endpoints, stored: stored, source: TokenSource(client: client, storage: storage),
            world: surroundings)
    }

    /// The app at a deployment's authorization server.
    func client(of endpoints: Endpoints) throws -> OAuthClient {
        OAuthClient(
            server: endpoints.authorizationServer,
            registration: try profile.registration(name, environment: surroundings.environment),
            transport: surroundings.network.transport, now: surroundings.now)
    }

    /// Nobody is signed in.
    var nobody: Failure { Failure(.signedOut, profile: name) }

    /// What an error of the tokens means here.
    func explained(_ error: TokenError) -> Failure { Failure(error, profile: name) }
}

/// A profile with somebody's tokens.
struct SignedInProfile: Sendable {
    /// Its name.
    let name: ProfileName
    /// Where its deployment answers.
    let endpoints: Endpoints
    /// What was stored when the command began.
    let stored: StoredTokens
    /// Fresh tokens.
    let source: TokenSource
    /// The world.
    let world: Surroundings

    /// The API, as this person.
    var api: GraphQLClient { world.api(endpoints.apiURL, as: .tokens(source)) }
}
