import Foundation
import SluiceClient
import Synchronization
import Testing

@testable import SluiceCLI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A home of somebody who talks to a server, and the server.
final class ClientBed: Sendable {
    /// How the person at the browser behaves; gets the authorization URL.
    typealias Person = @Sendable (_ url: String) async -> Void

    let bed: TestBed
    let server: FakeServer
    var home: String { bed.folder + "/home" }
    var profiles: String { home + "/.config/sluice/profiles.json" }
    func tokens(_ name: String = "test") -> String { "\(home)/.local/state/sluice/tokens/\(name).json" }

    init(secret: String? = nil) throws {
        bed = try TestBed()
        server = FakeServer(secret: secret)
        try FileManager.default.createDirectory(atPath: bed.folder + "/home", withIntermediateDirectories: true)
    }

    /// Runs one command.
    /// - Parameters:
    ///   - person: Who sits at the browser; nobody, and there is no browser either, if left out.
    ///   - waits: Whether the command's waits last until they are cancelled; otherwise they are over at once.
    @discardableResult
    func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:], isTerminal: Bool = false,
        waits: Bool = true, person: Person? = nil
    ) async -> TestBed.Run {
        let catcher = Catcher()
        var surroundings = catcher.surroundings(
            input: input, environment: ["HOME": home].merging(environment) { $1 })
        if waits { surroundings.pause = { _ in try await Task.sleep(for: .seconds(120)) } }
        let visits = Mutex<[Task<Void, Never>]>([])
        surroundings.network = NetworkSurroundings(
            transport: server, retries: .none,
            openBrowser: { url, _ in
                guard let person else { return false }
                visits.withLock { $0.append(Task { await person(url) }) }
                return true
            }, isTerminal: { isTerminal })
        let status = await CommandLineTool.run(arguments, in: surroundings)
        for visit in visits.withLock({ $0 }) { await visit.value }
        return catcher.run(status)
    }

    /// A profile `test` for the server's app.
    func addProfile(_ arguments: String...) async {
        let run = await runAll(
            ["profile", "add", "test", "--url", server.url, "--client-id", FakeServer.clientID, "--use"] + arguments)
        #expect(run.status == .ok, "\(run.notes)")
    }

    private func runAll(_ arguments: [String]) async -> TestBed.Run {
        await bed.run(arguments, input: "", environment: ["HOME": home])
    }

    /// A profile `test`, and somebody signed in with it.
    func signIn(_ arguments: String...) async throws {
        await addProfile()
        let run = await login(arguments)
        #expect(run.status == .ok, "\(run.notes)")
    }

    /// `sluice login` by a person who says yes.
    func login(_ arguments: [String] = [], environment: [String: String] = [:]) async -> TestBed.Run {
        let catcher = Catcher()
        var surroundings = catcher.surroundings(environment: ["HOME": home].merging(environment) { $1 })
        surroundings.pause = { _ in try await Task.sleep(for: .seconds(120)) }
        surroundings.network = NetworkSurroundings(
            transport: server, retries: .none,
            openBrowser: { [server] url, _ in
                Task { try? await Self.get(server.approve(url)) }
                return true
            }, isTerminal: { false })
        return catcher.run(await CommandLineTool.run(["login"] + arguments, in: surroundings))
    }

    /// What a browser gets.
    struct Page: Sendable {
        let status: Int
        let text: String
        let fields: [String: String]
    }

    /// Asks for an address as a browser does.
    @discardableResult
    static func get(_ url: String, method: String = "GET", host: String? = nil) async throws -> Page {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        if let host { request.setValue(host, forHTTPHeaderField: "Host") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        let fields = answer.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
        return Page(
            status: answer.statusCode, text: String(decoding: data, as: UTF8.self),
            fields: Dictionary(fields, uniquingKeysWith: { $1 }))
    }

    /// Where the redirect of an authorization URL goes, with other parameters.
    static func callback(_ authorizationURL: String, _ change: (inout [String: String]) -> Void) throws -> String {
        let asked = try #require(URLComponents(string: authorizationURL)?.queryItems)
        func value(_ name: String) -> String { asked.first { $0.name == name }?.value ?? "" }
        var parameters = ["state": value("state"), "iss": "https://sluice.example"]
        change(&parameters)
        var address = try #require(URLComponents(string: value("redirect_uri")))
        address.queryItems = parameters.map { URLQueryItem(name: $0.key, value: $0.value) }
        return try #require(address.string)
    }

    /// Expects that nothing that was said holds a secret.
    func expectNoSecret(in run: TestBed.Run, _ location: SourceLocation = #_sourceLocation) {
        let said = run.output + run.notes
        for secret in server.secrets { #expect(!said.contains(secret), sourceLocation: location) }
        #expect(!said.contains("-secret-"), sourceLocation: location)
    }
}
