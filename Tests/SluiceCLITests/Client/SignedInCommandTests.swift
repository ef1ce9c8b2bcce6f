import Foundation
import SluiceClient
import Synchronization
import Testing

@testable import SluiceCLI

@Suite("sluice whoami, token and logout")
struct SignedInCommandTests {
    @Test(arguments: ["whoami", "token"])
    func `nobody is signed in: exit code 67, and nothing is sent`(command: String) async throws {
        let bed = try ClientBed()
        await bed.addProfile()
        let run = await bed.run(command)
        #expect(run.status == .unauthenticated)
        #expect(run.output.isEmpty)
        #expect(run.notes == "sluice: Nobody is signed in with the profile test. Sign in: sluice login --profile test\n")
        #expect(bed.server.requests.isEmpty)
        let json = await bed.run(command, "--json")
        #expect(json.notes.hasPrefix(#"{"error":"unauthenticated","exit_code":67,"#))
    }

    // MARK: whoami

    @Test func `whoami says who, where, with which scopes and until when, and no token`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let run = await bed.run("whoami")
        #expect(run.status == .ok)
        for words in [
            "test", "https://sluice.example", "Ada Lovelace <ada@example.com>, acc1", "account:read posts:read offline_access",
            "renewed when it is needed",
        ] { #expect(run.output.contains(words), "\(run.output)") }
        bed.expectNoSecret(in: run)
        let json = try await bed.run("whoami", "--json").json()
        #expect(
            Set(json.keys) == ["profile", "issuer", "api_url", "account", "scopes", "expires_at", "renews"])
        #expect((json["expires_at"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test func `a sign-in that was revoked at the server is exit code 67, with the way back`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.forgetTokens()
        let run = await bed.run("whoami")
        #expect(run.status == .unauthenticated)
        #expect(run.notes.contains("takes the refresh token no more"))
        #expect(run.notes.contains("sluice login --profile test"))
    }

    @Test func `an API that does not answer is exit code 68`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.setFault { _ throws(TransportError) in throw .answerLost("reset by peer") }
        let run = await bed.run("whoami")
        #expect(run.status == .unreachable)
        #expect(run.notes.contains("reset by peer"))
    }

    @Test func `text from a server cannot command the terminal`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.setAnswer(#"{"data":{"account":{"id":"1","name":"\u001b[31mRed","email":"a\u202eb@example.com"}}}"#)
        let run = await bed.run("whoami")
        #expect(run.output.contains("\\u{1b}[31mRed"))
        #expect(!run.output.unicodeScalars.contains("\u{1B}"))
        #expect(!run.output.unicodeScalars.contains("\u{202E}"))
    }

    // MARK: token

    @Test func `token prints the access token alone, and again the same while it lives`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let run = await bed.run("token")
        #expect(run.status == .ok)
        #expect(run.output.wholeMatch(of: /access-secret-\d+\n/) != nil)
        #expect(run.notes.isEmpty)
        #expect(await bed.run("token").output == run.output)
        #expect(bed.server.forms("refresh_token").isEmpty)
        let json = try await bed.run("token", "--json").json()
        #expect(Set(json.keys) == ["access_token", "token_type", "expires_at", "scopes", "profile"])
        #expect(json["access_token"] as? String == run.output.trimmingCharacters(in: .newlines))
    }

    @Test func `token renews one that is over, and keeps the new pair`() async throws {
        let bed = try ClientBed()
        bed.server.setLifetime(0)
        try await bed.signIn()
        bed.server.setLifetime(3_600)
        let used = bed.server.forms("refresh_token").count
        let first = await bed.run("token")
        #expect(first.status == .ok, "\(first.notes)")
        #expect(bed.server.forms("refresh_token").count == used + 1)
        #expect(await bed.run("token").output == first.output, "the renewed one was stored")
        #expect(bed.server.forms("refresh_token").count == used + 1)
    }

    @Test func `eight processes' worth of token at once renew once and print the same`() async throws {
        let bed = try ClientBed()
        bed.server.setLifetime(0)
        try await bed.signIn()
        bed.server.setLifetime(3_600)
        let used = bed.server.forms("refresh_token").count
        let outputs = await withTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { await bed.run("token").output } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(outputs.count == 1)
        #expect(outputs.first?.hasPrefix("access-secret-") == true)
        #expect(bed.server.forms("refresh_token").count == used + 1)
    }

    @Test(arguments: [
        (503, Outcome.busy), (429, .busy), (500, .apiError),
    ])
    func `a server that cannot renew now: its exit code, and the tokens are kept`(status: Int, outcome: Outcome) async throws {
        let bed = try ClientBed()
        bed.server.setLifetime(0)
        try await bed.signIn()
        bed.server.setFault { request in request.url.hasSuffix("/token") ? .json(status, "{}") : nil }
        let run = await bed.run("token")
        #expect(run.status == outcome)
        #expect(run.output.isEmpty)
        #expect(run.notes.contains("The tokens were kept."))
        bed.expectNoSecret(in: run)
        bed.server.setFault(nil)
        #expect(await bed.run("token").status == .ok)
    }

    @Test func `tokens that others can read are refused`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bed.tokens())
        let run = await bed.run("token")
        #expect(run.status == .refused)
        #expect(run.output.isEmpty)
        #expect(run.notes.contains("chmod 600"))
    }

    @Test func `a damaged token file is exit code 65 and stays as it is`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        try Data("{".utf8).write(to: URL(fileURLWithPath: bed.tokens()))
        #expect(await bed.run("token").status == .invalid)
        #expect(try String(contentsOfFile: bed.tokens(), encoding: .utf8) == "{")
    }

    @Test func `tokens of another server are not sent to this one`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let text = try String(contentsOfFile: bed.profiles, encoding: .utf8)
        try text.replacing("https://sluice.example", with: "https://attacker.example")
            .write(toFile: bed.profiles, atomically: true, encoding: .utf8)
        bed.server.setFault { _ in
            Issue.record("something was sent")
            return nil
        }
        let run = await bed.run("token")
        #expect(run.status == .unauthenticated)
        #expect(run.output.isEmpty)
        #expect(run.notes.contains("https://sluice.example"))
    }

    // MARK: logout

    @Test func `logout revokes at the server, then forgets; a second one changes nothing`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let run = await bed.run("logout")
        #expect(run.status == .ok, "\(run.notes)")
        #expect(bed.server.revoked.count == 1)
        #expect(bed.server.revoked.first?.hasPrefix("refresh-secret-") == true, "with it goes the grant")
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
        bed.expectNoSecret(in: run)
        let again = try await bed.run("logout", "--json").json()
        #expect(again["changed"] as? Bool == false)
        #expect(again["revoked"] as? Bool == false)
        #expect(await bed.run("token").status == .unauthenticated)
        #expect(bed.server.revoked.count == 1)
    }

    @Test func `a logout that does not reach the server keeps the tokens and says so`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        bed.server.setFault { _ throws(TransportError) in throw .notSent("connection refused") }
        let run = await bed.run("logout")
        #expect(run.status == .unreachable)
        #expect(run.notes.contains("The tokens were kept; the server may still accept them."))
        #expect(run.notes.contains("sluice logout --local --profile test"))
        bed.server.setFault(nil)
        #expect(await bed.run("token").status == .ok)
        #expect(await bed.run("logout").status == .ok)
    }

    @Test func `logout --local forgets without a word to the server, also where nothing else works`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let before = bed.server.requests.count
        let json = try await bed.run("logout", "--local", "--json").json()
        #expect(json["changed"] as? Bool == true)
        #expect(json["revoked"] as? Bool == false)
        #expect(bed.server.requests.count == before)
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
    }

    @Test func `damaged or exposed tokens keep nobody from forgetting them or signing in anew`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bed.tokens())
        #expect(await bed.login().status == .ok)
        #expect(try bed.bed.mode(bed.tokens()) == 0o600)
        #expect(await bed.run("token").status == .ok)
        try Data("{".utf8).write(to: URL(fileURLWithPath: bed.tokens()))
        #expect(await bed.run("logout").status == .invalid)
        #expect(await bed.run("logout", "--local").status == .ok)
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
    }

    @Test func `a sign-in that was at its end already is forgotten, and the server is not blamed`() async throws {
        let bed = try ClientBed()
        try await bed.signIn()
        let storage = FileTokenStorage(path: bed.tokens())
        var stored = try #require(try await storage.load())
        stored.ending = .answerLost(since: Date())
        try await storage.save(stored)
        let run = await bed.run("logout")
        #expect(run.status == .ok, "\(run.notes)")
        #expect(run.output.contains("was at its end already") && !run.output.contains("offers no revocation"))
        #expect(bed.server.revoked.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
    }

    @Test func `a server without revocation is said to go on accepting the tokens`() async throws {
        let bed = try ClientBed()
        bed.server.setMetadata("revocation_endpoint", "")
        try await bed.signIn()
        let run = await bed.run("logout")
        #expect(run.status == .ok)
        #expect(run.output.contains("offers no revocation"))
        #expect(!FileManager.default.fileExists(atPath: bed.tokens()))
    }
}
