import Foundation
import SluiceAuthority
import Testing

@testable import SluiceCLI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("The setting rate-limits")
struct RateLimitSettingTests {
    private func resolve(_ text: String?) async throws -> ResolvedSettings {
        try await ResolvedSettings.read(flags: [:], environment: text.map { ["SLUICE_RATE_LIMITS": $0] } ?? [:])
    }

    @Test(arguments: [(nil, nil), ("off", nil), ("100/15m,250/24h,3000/30d", "100/15m,250/24h,3000/30d"), ("7/24h", "7/24h")])
    func `S120 limits are off unless they are given, and reach the authority`(text: String?, quotas: String?) async throws {
        let resolved = try await resolve(text)
        #expect(resolved.problems.isEmpty)
        let settings = resolved.settings
        let configuration = settings.authorityConfiguration(origins: settings.origins(port: 8080))
        #expect(configuration.rateLimits?.text == quotas)
    }

    @Test(arguments: ["on", "100", "100/1h", "0/15m", "100/15m;250/24h", "100/15m,100/15m", "OFF"])
    func `S120 what says no limits keeps serve from starting, so that nobody believes they are on`(text: String) async throws {
        let resolved = try await resolve(text)
        #expect(resolved.errors.map(\.setting) == ["rate-limits"])
        #expect(resolved.errors.first?.message.contains("100/15m,250/24h,3000/30d") == true)
    }

    @Test func `S120 a shorter window that takes more than a longer one is pointed out`() async throws {
        let resolved = try await resolve("500/15m,250/24h")
        #expect(resolved.errors.isEmpty)
        #expect(resolved.problems.map(\.setting) == ["rate-limits"])
    }

    @Test func `S120 config check shows the limits and where they came from`() async throws {
        let bed = try TestBed()
        let plain = try await bed.run("config", "check", "--json").json()
        #expect(try row(plain)["value"] as? String == "off")
        #expect(try row(plain)["source"] as? String == "default")
        let given = await bed.run("config", "check", "--json", "--rate-limits", "100/15m,250/24h")
        #expect(given.status == .ok)
        #expect(try row(given.json())["value"] as? String == "100/15m,250/24h")
        #expect(try row(given.json())["source"] as? String == "flag")
        #expect(await bed.run("config", "check", "--rate-limits", "many").status == .misconfigured)
    }

    private func row(_ report: [String: Any]) throws -> [String: Any] {
        let settings = try #require(report["settings"] as? [[String: Any]])
        return try #require(settings.first { $0["name"] as? String == "rate-limits" })
    }

    @Test(arguments: [([], 100), (["--rate-limits", "7/15m"], 7), (["--rate-limits", "off"], nil)] as [([String], Int?)])
    func `S120 a sandbox has Buffer's numbers unless it is told others, or off`(flags: [String], quota: Int?) async throws {
        let catcher = Catcher()
        let surroundings = catcher.surroundings()
        let task = Task { await CommandLineTool.run(["sandbox", "--json"] + flags, in: surroundings) }
        defer { task.cancel() }
        let patienceEnds = Date(timeIntervalSinceNow: 120)
        while !catcher.output.hasSuffix("\n"), Date() < patienceEnds { try await Task.sleep(for: .milliseconds(5)) }
        let report = try #require(try JSONSerialization.jsonObject(with: Data(catcher.output.utf8)) as? [String: Any])
        let environment = try #require(report["environment"] as? [String: String])
        var request = URLRequest(url: try #require(URL(string: environment["BUFFER_API_URL"] ?? "")))
        request.httpMethod = "POST"
        request.setValue("Bearer \(environment["BUFFER_API_KEY"] ?? "")", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(#"{"query":"{ account { id } }"}"#.utf8)
        let (_, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        #expect(answer.statusCode == 200)
        let field = answer.value(forHTTPHeaderField: "RateLimit")
        if let quota {
            #expect(field?.contains(#""\#(quota)-in-15min";r=\#(quota - 1);"#) == true, "\(field ?? "none")")
        } else {
            #expect(field == nil)
        }
        task.cancel()
        #expect(await task.value == .ok)
    }

    @Test func `S120 a sandbox with limits that are none does not start`() async throws {
        let run = try await TestBed().run(["sandbox", "--rate-limits", "x"], input: "", environment: [:])
        #expect(run.status == .usage)
        #expect(run.notes.contains("rate-limits") || run.notes.contains("100/15m"))
    }
}
