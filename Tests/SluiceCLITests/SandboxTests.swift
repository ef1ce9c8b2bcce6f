import Foundation
import SluiceServer
import Testing

@testable import SluiceCLI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("sluice sandbox, over a real socket")
struct SandboxTests {
    /// A sandbox in this process, until `stop()`.
    private final class Running {
        let catcher = Catcher()
        private let task: Task<Outcome, Never>

        init(_ arguments: [String], environment: [String: String] = [:], input: String = "") {
            let surroundings = catcher.surroundings(input: input, environment: environment)
            task = Task { await CommandLineTool.run(["sandbox"] + arguments, in: surroundings) }
        }

        /// What it printed, as soon as it is there.
        func ready() async throws -> String {
            let patienceEnds = Date(timeIntervalSinceNow: 120)
            while Date() < patienceEnds {
                if catcher.output.hasSuffix("\n") { return catcher.output }
                try await Task.sleep(for: .milliseconds(5))
            }
            Issue.record("not ready: \(catcher.run(.failed).notes)")
            return ""
        }

        /// The printed lines by name.
        func environment() async throws -> [String: String] {
            let pairs = try await ready().split(separator: "\n").compactMap { line -> (String, String)? in
                guard let sign = line.firstIndex(of: "=") else { return nil }
                return (String(line[..<sign]), String(line[line.index(after: sign)...]))
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        }

        func stop() async -> Outcome {
            task.cancel()
            return await task.value
        }
    }

    private func send(
        _ method: String, _ url: String, json: String? = nil, form: String? = nil, bearer: String? = nil
    ) async throws -> (status: Int, body: [String: Any]) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        if let bearer { request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization") }
        if let body = json ?? form {
            request.setValue(
                json == nil ? "application/x-www-form-urlencoded" : "application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(body.utf8)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let body = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (try #require(response as? HTTPURLResponse).statusCode, body ?? [:])
    }

    private static let question = #"{"query":"{ account { email organizations { name } } }"}"#

    @Test func `what it prints is all that a program needs: key, tokens and both clients work`() async throws {
        let sandbox = Running([])
        let environment = try await sandbox.environment()
        #expect(
            Set(environment.keys) == [
                "BUFFER_API_URL", "BUFFER_AUTH_URL", "BUFFER_API_KEY", "BUFFER_CLIENT_ID", "BUFFER_CLIENT_SECRET",
                "BUFFER_PUBLIC_CLIENT_ID", "BUFFER_REDIRECT_URI", "BUFFER_ACCESS_TOKEN", "BUFFER_REFRESH_TOKEN",
                "BUFFER_ORGANIZATION_ID", "BUFFER_CHANNEL_ID", "SLUICE_SANDBOX_URL",
            ])
        let api = try #require(environment["BUFFER_API_URL"])
        #expect(api.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+/) != nil)
        #expect(environment["SLUICE_SANDBOX_URL"] == api + "/sandbox")
        for name in ["BUFFER_API_KEY", "BUFFER_ACCESS_TOKEN"] {
            let answer = try await send("POST", api, json: Self.question, bearer: environment[name])
            let account = (answer.body["data"] as? [String: Any])?["account"] as? [String: Any]
            #expect(account?["email"] as? String == "ada@example.com", "\(name)")
            let organizations = account?["organizations"] as? [[String: Any]]
            #expect(organizations?.map { $0["name"] as? String } == ["Analytical Engines", "Notes"])
        }
        let refreshed = try await send(
            "POST", api + "/token",
            form: "grant_type=refresh_token&refresh_token=\(environment["BUFFER_REFRESH_TOKEN"] ?? "")&client_id="
                + "\(environment["BUFFER_CLIENT_ID"] ?? "")&client_secret=\(environment["BUFFER_CLIENT_SECRET"] ?? "")")
        #expect(refreshed.status == 200)
        let overview = try await send("GET", environment["SLUICE_SANDBOX_URL"] ?? "")
        let clients = overview.body["clients"] as? [[String: Any]]
        #expect(clients?.last?["client_id"] as? String == environment["BUFFER_PUBLIC_CLIENT_ID"])
        #expect(await sandbox.stop() == .ok)
        #expect(sandbox.catcher.run(.ok).notes.contains("nothing in it is real"))
    }

    @Test func `pinned credentials are those of the fixture`() async throws {
        let bed = try TestBed()
        let key = "buf_" + String(repeating: "k", count: 43)
        let secret = "sls_" + String(repeating: "s", count: 43)
        func fixture(_ key: String, _ secret: String) throws -> String {
            try bed.write(
                "fixture.yaml",
                """
                accounts:
                  - email: a@b.example
                    name: A
                    keys: [{name: k, value: \(key)}]
                    clients:
                      - name: c
                        type: confidential
                        redirect_uris: ["https://app.example/cb?a=b&c='d'"]
                        id: 0123456789abcdef01234567
                        secret: \(secret)
                """)
        }
        // The checksums, as somebody finds them who makes credentials up.
        func told(_ path: String) async -> String {
            let run = await bed.run(["sandbox", "--fixture", path], input: "", environment: [:])
            #expect(run.status == .invalid)
            return String(run.notes.split(whereSeparator: \.isWhitespace).last ?? "")
        }
        let wholeKey = key + (await told(try fixture(key, secret)))
        let wholeSecret = secret + (await told(try fixture(wholeKey, secret)))
        let sandbox = Running(["--fixture", try fixture(wholeKey, wholeSecret)])
        let environment = try await sandbox.environment()
        #expect(environment["BUFFER_API_KEY"] == wholeKey)
        #expect(environment["BUFFER_CLIENT_ID"] == "0123456789abcdef01234567")
        #expect(environment["BUFFER_CLIENT_SECRET"] == wholeSecret)
        #expect(environment["BUFFER_REDIRECT_URI"] == #"'https://app.example/cb?a=b&c='\''d'\'''"#)
        #expect(environment["BUFFER_PUBLIC_CLIENT_ID"] == nil && environment["BUFFER_ACCESS_TOKEN"] == nil)
        let api = try #require(environment["BUFFER_API_URL"])
        #expect(try await send("POST", api, json: Self.question, bearer: wholeKey).status == 200)
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `--json prints one object with everything`() async throws {
        let sandbox = Running(["--json"])
        let object = try JSONSerialization.jsonObject(with: Data(try await sandbox.ready().utf8)) as? [String: Any]
        let json = try #require(object)
        #expect(Set(json.keys) == ["url", "port", "environment", "accounts", "grants"])
        let environment = try #require(json["environment"] as? [String: String])
        let accounts = try #require(json["accounts"] as? [[String: Any]])
        let ada = try #require(accounts.first)
        #expect((ada["keys"] as? [[String: Any]])?.first?["key"] as? String == environment["BUFFER_API_KEY"])
        #expect((ada["clients"] as? [[String: Any]])?.first?["client_secret"] as? String == environment["BUFFER_CLIENT_SECRET"])
        #expect((ada["organizations"] as? [[String: Any]])?.count == 2)
        #expect(ada["timezone"] as? String == "Europe/London")
        let grant = try #require((json["grants"] as? [[String: Any]])?.first)
        #expect(grant["refresh_token"] as? String == environment["BUFFER_REFRESH_TOKEN"])
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `--env-file gets the lines behind what stands there, unquoted`() async throws {
        let bed = try TestBed()
        let path = try bed.write("env", "BEFORE=1\n")
        let sandbox = Running(["--env-file", path])
        let printed = try await sandbox.ready()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "BEFORE=1\n" + printed)
        #expect(await sandbox.stop() == .ok)
        let refused = await bed.run(["sandbox", "--env-file", bed.folder + "/no/such/file"], input: "", environment: [:])
        #expect(refused.status == .cannotCreate)
        #expect(refused.notes.contains("--env-file"))
    }

    @Test func `--env-file ends a line first that stands there without an end`() async throws {
        let bed = try TestBed()
        let path = try bed.write("env", "BEFORE=1")
        let sandbox = Running(["--env-file", path])
        let printed = try await sandbox.ready()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "BEFORE=1\n" + printed)
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `token options hold, and neither variables nor a file do`() async throws {
        let sandbox = Running(
            ["--access-token-lifetime", "90s", "--json"],
            environment: ["SLUICE_ACCESS_TOKEN_LIFETIME": "1", "SLUICE_PORT": "1", "SLUICE_CONFIG": "/no/such/file"])
        let json = try JSONSerialization.jsonObject(with: Data(try await sandbox.ready().utf8)) as? [String: Any]
        #expect((json?["grants"] as? [[String: Any]])?.first?["expires_in"] as? Int == 90)
        #expect(await sandbox.stop() == .ok)
        let bed = try TestBed()
        let wrong = await bed.run(["sandbox", "--access-token-lifetime", "long"], input: "", environment: [:])
        #expect(wrong.status == .usage)
    }

    @Test func `a port that is taken is told, and so is a host beyond this machine`() async throws {
        let sandbox = Running(["--host", "0.0.0.0", "--json"])
        let json = try JSONSerialization.jsonObject(with: Data(try await sandbox.ready().utf8)) as? [String: Any]
        #expect(sandbox.catcher.run(.ok).notes.contains("WARNING: this sandbox listens on 0.0.0.0"))
        let port = try #require(json?["port"] as? Int)
        let bed = try TestBed()
        let taken = await bed.run(["sandbox", "--port", "\(port)"], input: "", environment: [:])
        #expect(taken.status == .busy)
        #expect(taken.output.isEmpty)
        #expect(!taken.notes.contains("WARNING"))
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `--auth-url is the issuer`() async throws {
        let sandbox = Running(["--auth-url", "http://sluice.test:9000"])
        let environment = try await sandbox.environment()
        for (name, value) in [
            ("BUFFER_AUTH_URL", "http://sluice.test:9000"), ("BUFFER_API_URL", "http://sluice.test:9000"),
            ("SLUICE_SANDBOX_URL", "http://sluice.test:9000/sandbox"),
        ] { #expect(environment[name] == value) }
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `--print-fixture prints a fixture that can be read again`() async throws {
        let bed = try TestBed()
        let printed = await bed.run(["sandbox", "--print-fixture"], input: "", environment: [:])
        #expect(printed.status == .ok)
        #expect(printed.output == Fixture.builtInText)
        let sandbox = Running(["--fixture", "-"], input: printed.output)
        #expect(try await sandbox.environment()["BUFFER_API_KEY"]?.hasPrefix("buf_") == true)
        #expect(await sandbox.stop() == .ok)
    }

    @Test func `a rule that only the rooms below know is told with its place`() async throws {
        let bed = try TestBed()
        for (yaml, words) in [
            ("accounts: [{email: a@b.example, name: A, password: short}]", "at accounts[0]: This password is not accepted"),
            (
                "accounts: [{email: a@b.example, name: A, keys: [{name: k, expires: 2001-01-01}]}]",
                "at accounts[0].keys[0]: The expiry is in the past"
            ),
        ] {
            let path = try bed.write("f.yaml", yaml)
            let run = await bed.run(["sandbox", "--fixture", path], input: "", environment: [:])
            #expect(run.status == .invalid)
            #expect(run.notes.contains(words), "\(run.notes)")
            #expect(run.output.isEmpty)
        }
    }
}

@Suite("sluice sandbox -- COMMAND")
struct SandboxedCommandTests {
    private func run(_ arguments: String..., environment: [String: String] = ["PATH": "/usr/bin:/bin"]) async -> (
        status: Int32, run: TestBed.Run
    ) {
        let catcher = Catcher()
        let status = await CommandLineTool.exitStatus(
            ["sandbox"] + arguments, in: catcher.surroundings(environment: environment))
        return (status, catcher.run(.ok))
    }

    @Test func `the command sees the sandbox and the caller's environment, and its streams are its own`() async throws {
        let bed = try TestBed()
        let file = bed.folder + "/seen"
        let (status, run) = await run(
            "--", "sh", "-c", "env > \(file); umask >> \(file); ls /proc/self/fd | wc -l >> \(file)",
            environment: ["PATH": "/usr/bin:/bin", "MINE": "yes", "BUFFER_API_KEY": "real"])
        #expect(status == 0)
        #expect(run.output.isEmpty)
        let seen = try String(contentsOfFile: file, encoding: .utf8)
        #expect(seen.contains("\nMINE=yes\n") || seen.hasPrefix("MINE=yes\n"))
        #expect(seen.contains(/BUFFER_API_KEY=buf_/) && !seen.contains("=real"))
        #expect(seen.contains(/SLUICE_SANDBOX_URL=http:\/\/127\.0\.0\.1:\d+\/sandbox/))
        let last = seen.split(separator: "\n").suffix(2)
        #expect(last.first == "0022")
        // Standard streams, the pipe's own and the folder that `ls` reads: no socket of the sandbox.
        #expect(Int(last.last?.trimmingCharacters(in: .whitespaces) ?? "") ?? 99 <= 4)
    }

    @Test func `what the fixture does not have is not the caller's own instead`() async throws {
        let bed = try TestBed()
        let fixture = try bed.write("f.yaml", "accounts: [{email: a@b.example, name: A}]")
        let (status, _) = await run(
            "--fixture", fixture, "--", "sh", "-c", #"test -z "$BUFFER_API_KEY$BUFFER_REFRESH_TOKEN" && test "$MINE" = yes"#,
            environment: ["PATH": "/usr/bin:/bin", "MINE": "yes", "BUFFER_API_KEY": "real", "BUFFER_REFRESH_TOKEN": "real"])
        #expect(status == 0)
    }

    @Test func `--print-fixture beside a command is refused: nothing would run`() async throws {
        let (status, run) = await run("--print-fixture", "--", "true")
        #expect(status == 64)
        #expect(run.notes.contains("exclude each other"))
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [0, 1, 3, 64, 255]) func `its status is the sandbox's`(code: Int) async throws {
        #expect(await run("--", "sh", "-c", "exit \(code)").status == Int32(code))
    }

    @Test func `a command that a signal ended is told as a shell tells it`() async throws {
        #expect(await run("--", "sh", "-c", "kill -TERM $$").status == 143)
        #expect(await run("--", "sh", "-c", "kill -KILL $$").status == 137)
    }

    @Test func `a command that is not there or cannot be run is told, with 127 or 126`() async throws {
        let missing = await run("--", "/no/such/command")
        #expect(missing.status == 127)
        #expect(missing.run.notes.contains("“/no/such/command” cannot be run"))
        #expect(await run("--", "/etc").status == 126)
    }

    @Test func `--json beside a command is refused: its output is the command's`() async throws {
        let (status, run) = await run("--json", "--", "true")
        #expect(status == 64)
        #expect(run.notes.contains("exclude each other"))
    }

    @Test func `the sandbox answers while the command runs, and stops with it`() async throws {
        let bed = try TestBed()
        let file = bed.folder + "/url"
        let (status, _) = await run(
            "--", "sh", "-c",
            #"curl -sf "$SLUICE_SANDBOX_URL/clock" -H 'Content-Type: application/json' -d '{"advance":"1h"}' > \#(file)"#)
        #expect(status == 0)
        let answer = try String(contentsOfFile: file, encoding: .utf8)
        #expect(answer.contains(#""ahead_seconds":3600"#))
    }
}
