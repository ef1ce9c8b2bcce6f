import Foundation
import Testing

@testable import SluiceCLI

@Suite("The data folder and the master key")
struct DataFolderTests {
    @Test func `the first run makes folder, database and master key for its user alone, and says so`() async throws {
        let bed = try TestBed()
        let run = await bed.run("migrate", "--data", bed.folder + "/a/b/data")
        #expect(run.status == .ok)
        let data = bed.folder + "/a/b/data"
        #expect(try bed.mode(data) == 0o700)
        #expect(try bed.mode(data + "/master.key") == 0o600)
        #expect(try bed.mode(data + "/sluice.sqlite") == 0o600)
        #expect(run.notes.hasPrefix("First run: made the data folder"))
        #expect(run.notes.contains("Keep a copy of the master key"))
        let key = try String(contentsOfFile: data + "/master.key", encoding: .utf8)
        #expect(key.hasSuffix("\n"))
        #expect(Data(base64Encoded: key.trimmingCharacters(in: .newlines))?.count == 32)
        let second = await bed.run("migrate", "--data", data)
        #expect(second.notes.isEmpty)
        #expect(try String(contentsOfFile: data + "/master.key", encoding: .utf8) == key)
    }

    @Test func `of many first starts at once one makes the master key, and all read the same`() async throws {
        let bed = try TestBed()
        let folder = DataFolder(path: bed.data)
        _ = try folder.prepare(creates: true)
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 { group.addTask { try folder.masterKey(from: .dataFolder, creates: true).made } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(made == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bed.data) == ["master.key"])
    }

    @Test func `a command that needs an installation makes none`() async throws {
        let bed = try TestBed()
        for command in [
            ["account", "list"], ["doctor"], ["backup", bed.folder + "/b"], ["audit", "list"], ["signing-key", "list"],
        ] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.status == (command[0] == "doctor" ? .failed : .notFound), "\(command)")
            #expect(!FileManager.default.fileExists(atPath: bed.data))
        }
        try FileManager.default.createDirectory(atPath: bed.data, withIntermediateDirectories: true)
        #expect(await bed.run("account", "list").status == .notFound)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bed.data).isEmpty)
    }

    @Test func `a database without its master key is refused, and nothing is overwritten`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        try FileManager.default.moveItem(atPath: bed.data + "/master.key", toPath: bed.folder + "/kept")
        for command in [["account", "list"], ["migrate"], ["serve", "--port", "0"]] {
            let run = await bed.run(command, input: "", environment: ["SLUICE_DATA": bed.data])
            #expect(run.status == .refused)
            #expect(run.notes.contains("is lost"))
            #expect(run.notes.contains("Nothing was overwritten."))
        }
        #expect(!FileManager.default.fileExists(atPath: bed.data + "/master.key"))
        try FileManager.default.moveItem(atPath: bed.folder + "/kept", toPath: bed.data + "/master.key")
        #expect(try await bed.run("account", "list", "--json").items().count == 1)
    }

    @Test func `a wrong master key is refused, and nothing is overwritten`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        let wrong = Data(repeating: 1, count: 32).base64EncodedString()
        let run = await bed.run("account", "list", "--json", environment: ["SLUICE_MASTER_KEY": wrong])
        #expect(run.status == .refused)
        #expect(run.output.isEmpty)
        let error = try #require(try JSONSerialization.jsonObject(with: Data(run.notes.utf8)) as? [String: Any])
        #expect(error["error"] as? String == "refused")
        #expect(error["exit_code"] as? Int == 77)
        #expect(!run.notes.contains(wrong))
        #expect(await bed.run("account", "list").status == .ok)
    }

    @Test func `the master key may come from the environment or from a file elsewhere`() async throws {
        let bed = try TestBed()
        let key = Data(repeating: 9, count: 32).base64EncodedString()
        #expect(await bed.run("migrate", environment: ["SLUICE_MASTER_KEY": key]).status == .ok)
        #expect(!FileManager.default.fileExists(atPath: bed.data + "/master.key"))
        let file = try bed.write("elsewhere", key + "\n")
        #expect(await bed.run("account", "list", "--master-key-file", file).status == .ok)
        #expect(await bed.run("account", "list", "--master-key-file", bed.folder + "/none").status == .notFound)
        #expect(
            await bed.run("account", "list", "--master-key-file", try bed.write("short", "AAAA\n")).status == .invalid)
        #expect(await bed.run("account", "list", environment: ["SLUICE_MASTER_KEY": "AAAA"]).status == .invalid)
    }

    @Test func `a master key that everybody can read is refused, an open folder is warned about`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bed.data + "/master.key")
        let refused = await bed.run("account", "list")
        #expect(refused.status == .refused)
        #expect(refused.notes.contains("chmod 600"))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: bed.data + "/master.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bed.data)
        let warned = await bed.run("account", "list")
        #expect(warned.status == .ok)
        #expect(warned.notes.contains("chmod 700"))
        #expect(warned.notes.contains("chmod 600"))
    }

    @Test func `a file where the data folder should be is refused and kept`() async throws {
        let bed = try TestBed()
        let file = try bed.write("file", "precious")
        #expect(await bed.run("migrate", "--data", file).status == .cannotCreate)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "precious")
    }

    @Test func `another program's database and a newer binary's are refused`() async throws {
        let bed = try TestBed()
        try await bed.makeAccount()
        // SQLite keeps the schema's version in bytes 60 to 63 of the file.
        var bytes = try Data(contentsOf: URL(fileURLWithPath: bed.data + "/sluice.sqlite"))
        bytes[62] = 0x7F
        try bytes.write(to: URL(fileURLWithPath: bed.data + "/sluice.sqlite"))
        let newer = await bed.run("account", "list")
        #expect(newer.status == .refused)
        #expect(newer.notes.contains("Use the newer binary"))
        try Data("this is no database, but long enough to be looked at as one".utf8)
            .write(to: URL(fileURLWithPath: bed.data + "/sluice.sqlite"))
        #expect(await bed.run("account", "list").status == .unavailable)
    }
}
