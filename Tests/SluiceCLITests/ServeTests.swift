import Foundation
import Testing

@testable import SluiceCLI

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("sluice serve, over a real socket")
struct ServeTests {
    /// A server in this process, until `stop()`.
    private final class Running {
        let bed: TestBed
        let catcher = Catcher()
        private let task: Task<Outcome, Never>

        init(_ bed: TestBed, _ arguments: [String]) {
            self.bed = bed
            let surroundings = catcher.surroundings(environment: ["SLUICE_DATA": bed.data])
            task = Task { await CommandLineTool.run(["serve", "--port", "0"] + arguments, in: surroundings) }
        }

        /// What stands on the ready line, as soon as it is there.
        func ready() async throws -> String {
            // A thousand tests share the cores with it.
            let patienceEnds = Date(timeIntervalSinceNow: 120)
            while Date() < patienceEnds {
                if catcher.output.hasSuffix("\n") { return catcher.output.trimmingCharacters(in: .newlines) }
                try await Task.sleep(for: .milliseconds(5))
            }
            Issue.record("no ready line: \(catcher.run(.failed).notes)")
            return ""
        }

        func stop() async -> Outcome {
            task.cancel()
            return await task.value
        }
    }

    private func status(_ url: String, bearer: String? = nil) async throws -> Int {
        var request = URLRequest(url: try #require(URL(string: url)))
        if let bearer {
            request.httpMethod = "POST"
            request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization")
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(#"{"query":"{ account { id } }"}"#.utf8)
        }
        let (_, response) = try await URLSession.shared.data(for: request)
        return try #require(response as? HTTPURLResponse).statusCode
    }

    @Test func `it prints one ready line, serves, and commands on the same folder take effect at once`() async throws {
        let bed = try TestBed()
        let server = Running(bed, [])
        let line = try await server.ready()
        #expect(line.wholeMatch(of: /Sluice is ready at http:\/\/127\.0\.0\.1:\d+/) != nil)
        let url = String(line.dropFirst("Sluice is ready at ".count))
        #expect(try await status(url + "/healthz") == 200)
        let id = try await bed.makeAccount()
        let made = try await bed.run("key", "create", "--account", id, "--name", "k", "--json").json()
        let key = try #require(made["key"] as? String)
        #expect(try await status(url + "/", bearer: key) == 200)
        // A real pause this time: what returns is refused everywhere.
        let waiting = Catcher()
        var surroundings = waiting.surroundings(environment: ["SLUICE_DATA": bed.data])
        surroundings.pause = { try await Task.sleep(for: $0) }
        #expect(
            await CommandLineTool.run(["key", "revoke", try #require(made["id"] as? String)], in: surroundings) == .ok)
        #expect(try await status(url + "/", bearer: key) == 401)
        #expect(await server.stop() == .ok)
    }

    @Test func `with --log-format json all that it says beside the ready line is JSON, the first run too`() async throws {
        let bed = try TestBed()
        let server = Running(bed, ["--log-format", "json", "--code-lifetime", "90"])
        _ = try await server.ready()
        #expect(await server.stop() == .ok)
        #expect(server.catcher.run(.ok).notes.isEmpty)
        let lines = server.catcher.log.split(separator: "\n")
        for line in lines {
            #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) is [String: Any], "\(line)")
        }
        #expect(lines.contains { $0.contains("First run: made the data folder") })
        #expect(lines.contains { $0.contains("code-lifetime is above 60 seconds") })
    }

    @Test func `with --json the ready line is an object, and explain knows the server's issuer afterwards`()
        async throws
    {
        let bed = try TestBed()
        let server = Running(bed, ["--json"])
        let line = try await server.ready()
        let json = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(Set(json.keys) == ["url", "port", "data"])
        let port = try #require(json["port"] as? Int)
        #expect(json["url"] as? String == "http://127.0.0.1:\(port)")
        #expect(json["data"] as? String == bed.data)
        let note = try #require(ServingNote.read(from: DataFolder(path: bed.data)))
        #expect(note.authURL == "http://127.0.0.1:\(port)")
        #expect(try bed.mode(bed.data + "/serving.json") == 0o600)
        let taken = await bed.run("serve", "--port", "\(port)")
        #expect(taken.status == .busy)
        #expect(taken.notes.contains("--port 0"))
        #expect(taken.output.isEmpty)
        #expect(await server.stop() == .ok)
    }
}
