import Foundation
import Testing

@testable import SluiceCLI

@Suite("The command line as a whole")
struct CommandLineToolTests {
    private func run(_ arguments: String...) async throws -> TestBed.Run {
        try await TestBed().run(arguments, input: "", environment: [:])
    }

    @Test(arguments: [
        ["--help"], ["serve", "--help"], ["account", "--help"], ["account", "create", "--help"],
        ["account", "list", "--help"],
        ["account", "disable", "--help"], ["account", "enable", "--help"], ["account", "close", "--help"],
        ["account", "reset-password", "--help"], ["key", "create", "--help"], ["key", "list", "--help"],
        ["key", "rotate", "--help"],
        ["key", "revoke", "--help"], ["client", "create", "--help"], ["client", "list", "--help"],
        ["client", "show", "--help"],
        ["client", "rotate-secret", "--help"], ["client", "delete", "--help"], ["grant", "list", "--help"],
        ["grant", "revoke", "--help"],
        ["signing-key", "list", "--help"], ["signing-key", "rotate", "--help"], ["audit", "list", "--help"],
        ["migrate", "--help"],
        ["backup", "--help"], ["config", "check", "--help"], ["doctor", "--help"], ["explain", "--help"],
        ["login", "--help"], ["logout", "--help"], ["whoami", "--help"], ["token", "--help"], ["api", "--help"],
        ["profile", "list", "--help"], ["profile", "show", "--help"], ["profile", "add", "--help"], ["profile", "use", "--help"],
        ["profile", "remove", "--help"],
    ])
    func `every command has help on standard output`(arguments: [String]) async throws {
        let run = try await TestBed().run(arguments, input: "", environment: [:])
        #expect(run.status == .ok)
        #expect(run.output.contains("USAGE: sluice"))
        #expect(run.notes.isEmpty)
    }

    @Test func `the version is one line`() async throws {
        let run = try await run("--version")
        #expect(run.output == Version.text + "\n")
        #expect(run.status == .ok)
    }

    @Test(arguments: [
        ["frobnicate"], ["serve", "--no-such-flag"], ["key", "create"], ["key", "revoke"], ["account", "disable"],
    ])
    func `a wrong command line is exit code 64 and says so on standard error`(arguments: [String]) async throws {
        let run = try await TestBed().run(arguments, input: "", environment: [:])
        #expect(run.status == .usage)
        #expect(run.output.isEmpty)
        #expect(run.notes.contains("Usage: sluice"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion scripts know the commands`(shell: String) async throws {
        let run = try await run("--generate-completion-script", shell)
        #expect(run.status == .ok)
        for word in ["serve", "account", "signing-key", "rotate-secret", "trusted-proxy"] {
            #expect(run.output.contains(word))
        }
        let hint = try await self.run("completions", shell)
        #expect(hint.output.contains("--generate-completion-script \(shell)"))
    }

    @Test func `S13: no flag takes a secret as its value`() async throws {
        let help = try await run("--experimental-dump-help").output
        #expect(help.contains("\"password-file\""))
        for flag in [
            "password", "key", "api-key", "token", "secret", "client-secret", "master-key", "invitation", "code",
        ] {
            #expect(!help.contains("\"name\" : \"\(flag)\",\n"), "--\(flag)")
            #expect(!help.contains("\"kind\" : \"long\",\n              \"name\" : \"\(flag)\""), "--\(flag)")
        }
    }

    @Test func `exit codes are those of the documentation`() {
        #expect(Outcome.allCases.map(\.rawValue) == [0, 1, 64, 65, 66, 67, 68, 69, 73, 75, 76, 77, 78])
    }
}
