import Foundation
import Testing

@testable import SluiceCLI

@Suite("sluice profile, and which profile is used")
struct ProfileCommandTests {
    private func names(_ bed: ClientBed) async throws -> [String] {
        try await bed.run("profile", "list", "--json").items().compactMap { $0["name"] as? String }
    }

    private func current(_ bed: ClientBed, _ environment: [String: String] = [:]) async throws -> String? {
        try await bed.run("profile", "show", "--json", environment: environment).json()["name"] as? String
    }

    @Test func `buffer and local are there without a file, and looking makes none`() async throws {
        let bed = try ClientBed()
        let items = try await bed.run("profile", "list", "--json").items()
        #expect(items.map { $0["name"] as? String } == ["buffer", "local"])
        #expect(items.map { $0["url"] as? String } == ["https://api.buffer.com", "http://127.0.0.1:8080"])
        #expect(
            items.allSatisfy {
                Set($0.keys) == [
                    "name", "url", "client_id", "client_secret", "scopes", "issuer", "api_url", "current", "built_in",
                    "signed_in",
                ]
            })
        #expect(try await current(bed) == "buffer")
        #expect(!FileManager.default.fileExists(atPath: bed.profiles))
        #expect(bed.server.requests.isEmpty)
    }

    @Test func `the flag goes before the variable, the variable before the chosen one, that before buffer`() async throws {
        let bed = try ClientBed()
        await bed.run("profile", "add", "one", "--url", "https://one.example")
        #expect(try await current(bed) == "buffer")
        #expect(await bed.run("profile", "use", "one").status == .ok)
        #expect(try await current(bed) == "one")
        #expect(try await current(bed, ["SLUICE_PROFILE": "local"]) == "local")
        #expect(try await current(bed, ["SLUICE_PROFILE": ""]) == "one")
        let named = await bed.run("token", "--profile", "buffer", environment: ["SLUICE_PROFILE": "local"])
        #expect(named.notes.contains("with the profile buffer"))
        #expect(await bed.run("token", environment: ["SLUICE_PROFILE": "../evil"]).status == .misconfigured)
        #expect(await bed.run("token", environment: ["SLUICE_PROFILE": "gone"]).status == .notFound)
        #expect(await bed.run("profile", "use", "gone").status == .notFound)
        let note = await bed.run("profile", "use", "one", environment: ["SLUICE_PROFILE": "local"]).notes
        #expect(note.contains("SLUICE_PROFILE"))
    }

    @Test func `the variable is no misspelt setting to the commands of the server`() async throws {
        let bed = try ClientBed()
        let json = try await bed.run("config", "check", "--json", environment: ["SLUICE_PROFILE": "local"]).json()
        #expect((json["problems"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: ["../x", "a/b", "", ".hidden", "-x", "a b", "ä", String(repeating: "a", count: 65)])
    func `what could not be a file's name is no profile's name`(name: String) {
        #expect(ProfileName(name) == nil)
    }

    @Test(arguments: ["a", "7", "my-app.v2_x", String(repeating: "a", count: 64)])
    func `letters, digits, dots, dashes and underscores are`(name: String) { #expect(ProfileName(name)?.text == name) }

    @Test(arguments: [
        "ftp://x.example", "x.example", "https://", "https://user@x.example", "https://u:p@x.example", "https://x.example/?a=b",
        "https://x.example/#f", "javascript:alert(1)",
    ])
    func `what is no plain address of a server is exit code 65 and adds nothing`(url: String) async throws {
        let bed = try ClientBed()
        #expect(await bed.run("profile", "add", "x", "--url", url).status == .invalid)
        #expect(try await names(bed) == ["buffer", "local"])
    }

    @Test func `add says what it made; a second of the name needs --replace`() async throws {
        let bed = try ClientBed()
        let run = await bed.run(
            "profile", "add", "staging", "--url", "https://api.staging.example/", "--client-id", "app", "--scope",
            "posts:read", "offline_access", "--json")
        let json = try run.json()
        #expect(json["url"] as? String == "https://api.staging.example")
        #expect(json["client_id"] as? String == "app")
        #expect(json["scopes"] as? [String] == ["posts:read", "offline_access"])
        #expect(json["current"] as? Bool == false)
        let again = await bed.run("profile", "add", "staging", "--url", "https://other.example")
        #expect(again.status == .cannotCreate)
        #expect(
            await bed.run("profile", "add", "staging", "--url", "https://other.example", "--replace", "--use").status == .ok)
        #expect(try await current(bed) == "staging")
        #expect(await bed.run("profile", "add", "fourth").status == .usage, "an address is needed")
    }

    @Test func `a built-in profile gets its app, and is as new after remove`() async throws {
        let bed = try ClientBed()
        #expect(await bed.run("profile", "add", "local", "--client-id", "app").status == .ok)
        let json = try await bed.run("profile", "show", "local", "--json").json()
        #expect(json["url"] as? String == "http://127.0.0.1:8080")
        #expect(json["client_id"] as? String == "app")
        #expect(await bed.run("profile", "remove", "local").status == .ok)
        #expect(try await bed.run("profile", "show", "local", "--json").json()["client_id"] is NSNull)
        #expect(await bed.run("profile", "remove", "local").status == .refused)
        #expect(await bed.run("profile", "remove", "never").status == .notFound)
    }

    @Test func `Buffer's own addresses need no discovery`() async throws {
        let bed = try ClientBed()
        await bed.run("profile", "add", "work", "--url", "https://api.buffer.com/", "--client-id", "app")
        #expect(try String(contentsOfFile: bed.profiles, encoding: .utf8).contains(#""preset" : "buffer""#))
    }

    @Test func `a profile with a sign-in is neither removed nor pointed elsewhere`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let removed = await bed.run("profile", "remove", "test")
        #expect(removed.status == .refused)
        #expect(removed.notes.contains("sluice logout --profile test"))
        let moved = await bed.run(
            "profile", "add", "test", "--url", "https://other.example", "--client-id", "app-1", "--replace")
        #expect(moved.status == .refused)
        #expect(await bed.run("token").status == .ok)
        let same = await bed.run(
            "profile", "add", "test", "--url", bed.server.url, "--client-id", FakeServer.clientID, "--scope", "posts:read",
            "--replace")
        #expect(same.status == .ok, "the same app at the same server may get other scopes")
        #expect(await bed.run("token").status == .ok)
        #expect(await bed.run("logout").status == .ok)
        #expect(await bed.run("profile", "remove", "test").status == .ok)
    }

    @Test func `a kept client secret goes with its profile; a file of the person's own stays`() async throws {
        let bed = try ClientBed()
        await bed.run(
            "profile", "add", "x", "--url", "https://x.example", "--client-id", "a", "--client-secret-file", "-", input: "s3cret")
        let kept = bed.home + "/.local/state/sluice/secrets/x"
        #expect(try String(contentsOfFile: kept, encoding: .utf8) == "s3cret\n")
        let shown = await bed.run("profile", "show", "x", "--json")
        #expect(shown.output.contains(kept))
        #expect(!shown.output.contains("s3cret"))
        #expect(await bed.run("profile", "remove", "x").status == .ok)
        #expect(!FileManager.default.fileExists(atPath: kept))
        let own = try bed.bed.write("own", "s3cret\n")
        try FileManager.default.createDirectory(
            atPath: (bed.profiles as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try #"{"version":1,"profiles":{"y":{"url":"https://y.example","client_id":"a","client_secret":{"file":"\#(own)"}}}}"#
            .write(toFile: bed.profiles, atomically: true, encoding: .utf8)
        #expect(await bed.run("profile", "remove", "y").status == .ok)
        #expect(FileManager.default.fileExists(atPath: own))
    }

    @Test(arguments: [
        ["--client-secret-file", "-", "--client-secret-env", "X"], ["--client-secret-env", "X"],
    ])
    func `a secret in two places, or without an app, is a usage error`(arguments: [String]) async throws {
        let bed = try ClientBed()
        let client = arguments.count > 2 ? ["--client-id", "a"] : []
        let run = await bed.bed.run(
            ["profile", "add", "x", "--url", "https://x.example"] + client + arguments, input: "s",
            environment: ["HOME": bed.home])
        #expect(run.status == .usage)
        #expect(try await names(bed) == ["buffer", "local"])
    }

    @Test func `twenty profiles added at once are all there, and the file was never half`() async throws {
        let bed = try ClientBed()
        await withDiscardingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    let run = await bed.run("profile", "add", "p\(number)", "--url", "https://p\(number).example")
                    #expect(run.status == .ok, "\(run.notes)")
                }
                group.addTask { #expect(await bed.run("profile", "list").status == .ok) }
            }
        }
        #expect(try await names(bed).count == 22)
        #expect(try bed.bed.mode(bed.profiles) == 0o600)
        let beside = try FileManager.default.contentsOfDirectory(
            atPath: (bed.profiles as NSString).deletingLastPathComponent)
        #expect(Set(beside) == ["profiles.json", "profiles.json.lock"], "no draft is left")
    }

    @Test(arguments: [
        ("{", "not JSON"), ("[]", "not JSON"), (#"{"profiles":{}}"#, "version is missing"),
        (#"{"version":2,"profiles":{}}"#, "a version that this sluice does not know"),
        (#"{"version":1,"profiles":{"x":{}}}"#, "profiles.x.url is missing"),
        (#"{"version":1,"profiles":{"x":{"url":"ftp://x"}}}"#, "profiles.x.url: no http or https address"),
        (#"{"version":1,"profiles":{"../x":{"url":"https://x.example"}}}"#, "no profile's name"),
        (#"{"version":1,"profiles":{"x":{"preset":"mine"}}}"#, "unknown preset"),
    ])
    func `a file that cannot be understood is exit code 78, says where, and is never overwritten`(text: String, words: String)
        async throws
    {
        let bed = try ClientBed()
        try FileManager.default.createDirectory(
            atPath: (bed.profiles as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: bed.profiles, atomically: true, encoding: .utf8)
        for arguments in [["profile", "list"], ["profile", "add", "n", "--url", "https://n.example"], ["login"], ["token"]] {
            let run = await bed.bed.run(arguments, input: "", environment: ["HOME": bed.home])
            #expect(run.status == .misconfigured)
            #expect(run.notes.contains(words), "\(run.notes)")
        }
        #expect(try String(contentsOfFile: bed.profiles, encoding: .utf8) == text)
    }

    // MARK: Folders

    @Test func `the XDG variables name the folders; a relative one is ignored`() throws {
        let standard = try ClientFolders(environment: ["HOME": "/home/ada"])
        #expect(standard.profilesPath == "/home/ada/.config/sluice/profiles.json")
        #expect(standard.tokensPath(.local) == "/home/ada/.local/state/sluice/tokens/local.json")
        let named = try ClientFolders(
            environment: ["HOME": "/home/ada", "XDG_CONFIG_HOME": "/etc/xdg/", "XDG_STATE_HOME": "/var/state"])
        #expect(named.profilesPath == "/etc/xdg/sluice/profiles.json")
        #expect(named.tokensPath(.local) == "/var/state/sluice/tokens/local.json")
        let relative = try ClientFolders(environment: ["HOME": "/home/ada", "XDG_CONFIG_HOME": "here", "XDG_STATE_HOME": ""])
        #expect(relative == standard)
        #expect(throws: Failure.self) { try ClientFolders(environment: [:]) }
        #expect(throws: Failure.self) { try ClientFolders(environment: ["HOME": "here"]) }
        #expect(try ClientFolders(environment: ["XDG_CONFIG_HOME": "/a", "XDG_STATE_HOME": "/b"]).state == "/b/sluice")
    }

    @Test func `a place that cannot be written is exit code 73`() async throws {
        let bed = try ClientBed()
        try "a file".write(toFile: bed.home + "/.config", atomically: true, encoding: .utf8)
        let run = await bed.run("profile", "add", "x", "--url", "https://x.example")
        #expect(run.status == .cannotCreate, "\(run.notes)")
        #expect(run.notes.contains("XDG_CONFIG_HOME"))
    }
}
