import Foundation
import SluiceClient
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceCLI

@Suite("sluice login")
struct LoginCommandTests {
    @Test func `the browser comes back to a port of 127.0.0.1, the code is exchanged, and it says who signed in`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let page = Mutex<ClientBed.Page?>(nil)
        let run = await bed.run("login") { [server = bed.server] url in
            let answer = try? await ClientBed.get(server.approve(url))
            page.withLock { $0 = answer }
        }
        #expect(run.status == .ok, "\(run.notes)")
        #expect(run.output.hasPrefix("Signed in as Ada Lovelace <ada@example.com>."))
        #expect(run.notes.contains("https://sluice.example/auth?"), "the address is printed also if a browser opens")
        bed.expectNoSecret(in: run)
        let shown = try #require(page.withLock { $0 })
        #expect(shown.status == 200)
        #expect(shown.text.contains("<h1>You are signed in</h1>"))
        #expect(!shown.text.contains("<script"))
        #expect(shown.fields["cache-control"] == "no-store")
        #expect(shown.fields["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
        let exchange = try #require(bed.server.forms("authorization_code").first)
        let redirectURI = try #require(try exchange.value("redirect_uri"))
        #expect(redirectURI.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/callback/) != nil)
        await #expect(throws: (any Error).self, "nobody listens any more") { try await ClientBed.get(redirectURI) }
    }

    @Test func `tokens, profiles and their folders are for their owner alone`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        #expect(try bed.bed.mode(bed.tokens()) == 0o600)
        #expect(try bed.bed.mode(bed.profiles) == 0o600)
        #expect(try bed.bed.mode((bed.tokens() as NSString).deletingLastPathComponent) == 0o700)
        #expect(try bed.bed.mode((bed.profiles as NSString).deletingLastPathComponent) == 0o700)
    }

    @Test func `with --json the result is one object without a token`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.login(["--json"])
        let json = try run.json()
        #expect(
            Set(json.keys) == ["profile", "issuer", "api_url", "account", "scopes", "expires_at", "renews"])
        #expect((json["account"] as? [String: Any])?["email"] as? String == "ada@example.com")
        #expect(json["scopes"] as? [String] == ["account:read", "posts:read", "offline_access"])
        #expect(json["renews"] as? Bool == true)
        bed.expectNoSecret(in: run)
    }

    @Test func `it asks for what is given, else for what the profile says, else to read what the server has`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        func asked(_ arguments: String...) async throws -> String? {
            let run = await bed.login(arguments)
            #expect(run.status == .ok, "\(run.notes)")
            let url = try #require(run.notes.firstMatch(of: /https:\/\/sluice\.example\/auth\?\S+/)?.output)
            return URLComponents(string: String(url))?.queryItems?.first { $0.name == "scope" }?.value
        }
        // ideas:read is not among what this server has.
        #expect(try await asked() == "account:read posts:read offline_access")
        #expect(try await asked("--scope", "posts:write", "offline_access") == "posts:write offline_access")
        await bed.run("logout")
        await bed.addProfile("--replace", "--scope", "posts:read")
        #expect(try await asked() == "posts:read")
    }

    @Test func `a confidential app sends its secret, and keeps it out of arguments, output and profiles`() async throws {
        let bed = try ClientBed(secret: "client-secret-value")
        let add = await bed.run(
            "profile", "add", "test", "--url", bed.server.url, "--client-id", FakeServer.clientID, "--client-secret-file",
            "-", "--use", input: "client-secret-value\n")
        #expect(add.status == .ok, "\(add.notes)")
        let run = await bed.login()
        #expect(run.status == .ok, "\(run.notes)")
        bed.expectNoSecret(in: run)
        #expect(try !String(contentsOfFile: bed.profiles, encoding: .utf8).contains("client-secret-value"))
        let kept = bed.home + "/.local/state/sluice/secrets/test"
        #expect(try bed.bed.mode(kept) == 0o600)
        // A file that others can read is no secret.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: kept)
        let refused = await bed.login()
        #expect(refused.status == .refused)
        #expect(refused.notes.contains("chmod 600"))
    }

    @Test func `a secret may stay in a variable`() async throws {
        let bed = try ClientBed(secret: "client-secret-value")
        await bed.addProfile("--client-secret-env", "APP_SECRET")
        #expect(await bed.login(environment: ["APP_SECRET": "client-secret-value"]).status == .ok)
        let missing = await bed.login()
        #expect(missing.status == .misconfigured)
        #expect(missing.notes.contains("APP_SECRET"))
        let wrong = await bed.login(environment: ["APP_SECRET": "other"])
        #expect(wrong.status == .unauthenticated)
        #expect(wrong.notes.contains("invalid_client"))
        #expect(!wrong.notes.contains("other"))
    }

    // MARK: What may come back

    @Test func `a denial ends the wait and is told on both sides`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let page = Mutex<ClientBed.Page?>(nil)
        let run = await bed.run("login") { url in
            let callback = try? ClientBed.callback(url) {
                $0["error"] = "access_denied"
                $0["error_description"] = "<b>evil</b>"
            }
            let answer = try? await ClientBed.get(callback ?? "")
            page.withLock { $0 = answer }
        }
        #expect(run.status == .unauthenticated)
        #expect(run.notes.contains("Access was denied in the browser. Nothing was stored."))
        #expect(page.withLock { $0 }?.text.contains("<h1>Nothing was allowed</h1>") == true)
        #expect(page.withLock { $0 }?.text.contains("evil") == false, "nothing of a request is repeated")
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
        #expect(bed.server.forms("authorization_code").isEmpty)
    }

    @Test(arguments: [
        ("invalid_scope", Outcome.apiError), ("unauthorized_client", .unauthenticated), ("temporarily_unavailable", .busy),
    ])
    func `another error ends the wait with its own exit code`(code: String, status: Outcome) async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login") { url in
            _ = try? await ClientBed.get(ClientBed.callback(url) { $0["error"] = code })
        }
        #expect(run.status == status)
        #expect(run.notes.contains(code))
    }

    @Test func `forged, empty and stray requests are answered, used for nothing, and do not end the wait`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let statuses = Mutex<[Int]>([])
        let run = await bed.run("login") { [server = bed.server] url in
            do {
                let genuine = try server.approve(url)
                let address = try #require(URLComponents(string: genuine))
                let origin = "http://127.0.0.1:\(address.port ?? 0)"
                for attempt in [
                    origin + "/favicon.ico", origin + "/", origin + "/callback", origin + "/callback?",
                    try ClientBed.callback(url) {
                        $0["state"] = "forged"
                        $0["code"] = "mine"
                    },
                    try ClientBed.callback(url) {
                        $0["state"] = nil
                        $0["code"] = "mine"
                    },
                    genuine + "&state=twice",
                ] {
                    let status = try await ClientBed.get(attempt).status
                    statuses.withLock { $0.append(status) }
                }
                let post = try await ClientBed.get(genuine, method: "POST").status
                let head = try await ClientBed.get(genuine, method: "HEAD").status
                let rebound = try await ClientBed.get(genuine, host: "attacker.example").status
                statuses.withLock { $0 += [post, head, rebound] }
                _ = try await ClientBed.get(genuine)
            } catch {
                Issue.record(error)
            }
        }
        #expect(run.status == .ok, "\(run.notes)")
        #expect(statuses.withLock { $0 } == [404, 404, 400, 400, 400, 400, 400, 405, 405, 404])
        #expect(bed.server.forms("authorization_code").count == 1)
    }

    @Test func `an answer that says it comes from another server ends the wait, and its code goes nowhere`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login") { url in
            _ = try? await ClientBed.get(
                ClientBed.callback(url) {
                    $0["iss"] = "https://attacker.example"
                    $0["code"] = "stolen"
                })
        }
        #expect(run.status == .refused)
        #expect(run.notes.contains("https://attacker.example"))
        #expect(bed.server.forms("authorization_code").isEmpty)
    }

    @Test func `a browser that loads the callback ten times at once has its code exchanged once`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login") { [server = bed.server] url in
            guard let callback = try? server.approve(url) else { return }
            await withDiscardingTaskGroup { group in
                for _ in 0..<10 { group.addTask { _ = try? await ClientBed.get(callback) } }
            }
        }
        #expect(run.status == .ok, "\(run.notes)")
        #expect(bed.server.forms("authorization_code").count == 1)
    }

    @Test func `an exchange that fails stores nothing and says so in the browser, too`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        bed.server.setFault { request in request.url.hasSuffix("/token") ? .json(503, "{}", [("Retry-After", "7")]) : nil }
        let page = Mutex("")
        let run = await bed.run("login") { [server = bed.server] url in
            let text = (try? await ClientBed.get(server.approve(url)).text) ?? ""
            page.withLock { $0 = text }
        }
        #expect(run.status == .busy)
        #expect(run.notes.contains("7 s"))
        #expect(page.withLock { $0 }.contains("<h1>The sign-in did not work</h1>"))
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
    }

    @Test func `tokens that cannot be kept are told on both sides`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let page = Mutex("")
        let run = await bed.run("login") { [server = bed.server, tokens = bed.tokens()] url in
            // A folder where the file should be: it can be made only now, after the command looked.
            try? FileManager.default.createDirectory(atPath: tokens + "/x", withIntermediateDirectories: true)
            let text = (try? await ClientBed.get(server.approve(url)).text) ?? ""
            page.withLock { $0 = text }
        }
        #expect(run.status == .unavailable)
        #expect(run.notes.contains("revoke the app among its connected apps"))
        #expect(page.withLock { $0 }.contains("<h1>The sign-in did not work</h1>"))
        bed.expectNoSecret(in: run)
    }

    @Test func `nobody comes back in time`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login", "--timeout", "90s", waits: false)
        #expect(run.status == .unauthenticated)
        #expect(run.notes.contains("within 90 s"))
        #expect(run.pauses == [.seconds(90)])
        #expect(run.notes.contains("Open this address in a browser on this machine"), "no browser could be started")
    }

    @Test func `--no-browser starts none`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login", "--no-browser", waits: false) { _ in Issue.record("a browser was started") }
        #expect(run.status == .unauthenticated)
    }

    // MARK: What is there before and after

    @Test func `what is missing is found before the browser opens`() async throws {
        let bed = try ClientBed()
        let none = await bed.run("login", "--profile", "buffer") { _ in Issue.record("a browser was started") }
        #expect(none.status == .invalid)
        #expect(none.notes.contains("sluice profile add buffer --client-id"))
        #expect(await bed.run("login", "--profile", "nowhere").status == .notFound)
        #expect(bed.server.requests.isEmpty)
    }

    @Test func `a server that does not answer is exit code 68, one that is none 76, plain http 65`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        bed.server.setFault { _ throws(TransportError) in throw .notSent("connection refused") }
        let unreachable = await bed.run("login")
        #expect(unreachable.status == .unreachable)
        #expect(unreachable.notes.contains("connection refused"))
        bed.server.setFault { _ in .json(404, "{}") }
        #expect(await bed.run("login").status == .apiError)
        bed.server.setFault { _ in .json(200, #"{"issuer":"https://other.example"}"#) }
        #expect(await bed.run("login").status == .apiError)
        await bed.run("profile", "add", "plain", "--url", "http://sluice.example", "--client-id", "x")
        bed.server.setFault { _ in
            Issue.record("something was sent")
            return nil
        }
        #expect(await bed.run("login", "--profile", "plain").status == .invalid)
    }

    @Test func `an API that is away does not undo the sign-in`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        bed.server.setFault { [url = bed.server.url] request throws(TransportError) in
            if request.url == url { throw .notSent("connection refused") }
            return nil
        }
        let run = await bed.login()
        #expect(run.status == .ok)
        #expect(run.notes.contains("could not be asked who signed in"))
        bed.server.setFault(nil)
        #expect(await bed.run("whoami").status == .ok)
    }

    @Test func `without account read it does not ask who signed in, and without offline_access says that it ends`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        bed.server.setGranted("posts:read")
        let run = await bed.login()
        #expect(run.status == .ok)
        #expect(run.output.hasPrefix("Signed in.\n"))
        #expect(run.output.contains("offline_access was not granted"))
    }

    @Test func `a second sign-in replaces the first and says what became of it`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let again = await bed.login()
        #expect(again.status == .ok)
        #expect(again.notes.contains("replaced an earlier sign-in"))
    }

    @Test func `a profile whose endpoints were noted asks the server for them no more`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let before = bed.server.requests.count
        #expect(await bed.run("token").status == .ok)
        #expect(bed.server.requests.count == before)
        // Where the profiles cannot be written, the sign-in works all the same.
        let text = try String(contentsOfFile: bed.profiles, encoding: .utf8)
        #expect(text.contains("https://sluice.example/token"))
    }

    @Test func `a token endpoint that moved is found at the next sign-in`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.setMetadata("revocation_endpoint", "https://sluice.example/elsewhere")
        #expect(await bed.login().status == .ok)
        #expect(try String(contentsOfFile: bed.profiles, encoding: .utf8).contains("https://sluice.example/elsewhere"))
    }

    // MARK: Devices

    @Test func `--device says so where the server does not offer it`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run("login", "--device")
        #expect(run.status == .refused)
        #expect(run.notes.contains("does not offer sign-in by a code"))
        #expect(run.notes.contains("sluice login"))
    }

    @Test func `--device shows address and code, and signs in once the user has entered it`() async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        bed.server.setMetadata("device_authorization_endpoint", "https://sluice.example/device")
        let polls = Mutex(0)
        bed.server.setFault { request in
            if request.url.hasSuffix("/device") {
                return .json(
                    200,
                    #"{"device_code":"device-secret-1","user_code":"WDJB-MJHT","verification_uri":"https://sluice.example/go","expires_in":600,"interval":5}"#
                )
            }
            guard request.url.hasSuffix("/token") else { return nil }
            let count = polls.withLock { polls in
                polls += 1
                return polls
            }
            return count < 3
                ? .json(400, #"{"error":"authorization_pending"}"#)
                : .json(
                    200, #"{"access_token":"access-secret-9","token_type":"Bearer","expires_in":3600,"scope":"posts:read"}"#)
        }
        let run = await bed.run("login", "--device", waits: false)
        #expect(run.notes.contains("WDJB-MJHT"))
        #expect(run.notes.contains("https://sluice.example/go"))
        #expect(run.status == .ok, "\(run.notes)")
        #expect(run.pauses == [.seconds(5), .seconds(5), .seconds(5)])
        bed.expectNoSecret(in: run)
        #expect(await bed.run("token").output == "access-secret-9\n")
    }
}
