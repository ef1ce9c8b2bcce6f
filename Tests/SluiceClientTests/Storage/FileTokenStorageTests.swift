import Foundation
import SluiceOAuth
import Synchronization
import Testing

@testable import SluiceClient

@Suite("Tokens in a file")
struct FileTokenStorageTests {
    private let place = TemporaryFolder()
    private var folder: URL { place.url }
    private var path: String { folder.appending(path: "deep/tokens.json").path }
    private let tokens = StoredTokens(
        tokens: TokenSet(
            accessToken: "eyJ.a.b", refreshToken: "v1.x", scopes: Scopes("posts:read offline_access")!,
            obtainedAt: Date(timeIntervalSince1970: 1_800_000_000), expiresAt: Date(timeIntervalSince1970: 1_800_003_600)),
        issuer: "https://auth.example", clientID: "app", refreshBegunAt: Date(timeIntervalSince1970: 1_800_000_001))

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func `what was saved is read again, endings included`() async throws {
        let storage = FileTokenStorage(path: path)
        #expect(try await storage.load() == nil)
        try await storage.save(tokens)
        #expect(try await storage.load() == tokens)
        var ended = tokens
        ended.ending = .answerLost(since: tokens.tokens.obtainedAt)
        try await storage.save(ended)
        #expect(try await FileTokenStorage(path: path).load() == ended)
        try await storage.remove()
        try await storage.remove()
        #expect(try await storage.load() == nil)
    }

    @Test func `file and lock are their owner's alone, the folder is closed, and no draft is left`() async throws {
        let storage = FileTokenStorage(path: path)
        try await storage.save(tokens)
        try await storage.exclusively { [tokens] in try await storage.save(tokens) }
        #expect(try mode(path) == 0o600)
        #expect(try mode(path + ".lock") == 0o600)
        #expect(try mode(folder.appending(path: "deep").path) == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "deep").path)
        #expect(names.sorted() == ["tokens.json", "tokens.json.lock"])
    }

    @Test func `a file that others can read is refused, and the error says how to close it`() async throws {
        let storage = FileTokenStorage(path: path)
        try await storage.save(tokens)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        do {
            _ = try await storage.load()
            Issue.record("It was read.")
        } catch {
            guard case .exposed(let words) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(words.contains("chmod 600") && !words.contains("v1.x"))
        }
    }

    @Test(arguments: ["", "{", "[]", "{\"tokens\":{}}", String(repeating: "x", count: 100_000)])
    func `a damaged file is told from a missing one, and its content is not repeated`(content: String) async throws {
        let storage = FileTokenStorage(path: path)
        try PrivateFile.makeFolder(of: path)
        try PrivateFile.replace(path, with: Array(content.utf8))
        do {
            _ = try await storage.load()
            Issue.record("It was read.")
        } catch {
            guard case .damaged(let words) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(content.isEmpty || !words.contains("xxxx"))
        }
    }

    @Test func `a place that cannot be written is an error, not a loss`() async throws {
        // A file where a folder would have to be: that stops root, too.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "deep"))
        await #expect(throws: TokenStorageError.self) { try await FileTokenStorage(path: path).save(tokens) }
    }

    @Test func `a link in the place of the file is neither read nor replaced: under two names it would have two locks`()
        async throws
    {
        let target = folder.appending(path: "target").path
        try PrivateFile.makeFolder(of: path)
        try PrivateFile.replace(target, with: Array("untouched".utf8))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        await #expect(throws: TokenStorageError.self) { try await FileTokenStorage(path: path).save(tokens) }
        await #expect(throws: TokenStorageError.self) { try await FileTokenStorage(path: path).load() }
        #expect(try PrivateFile.read(target, limitInBytes: 100) == Array("untouched".utf8))
    }

    @Test func `what a process left that died while it saved is swept away`() async throws {
        let storage = FileTokenStorage(path: path)
        try await storage.save(tokens)
        try Data("half".utf8).write(to: folder.appending(path: "deep/tokens.json.draft-abc"))
        try Data("other".utf8).write(to: folder.appending(path: "deep/other.json"))
        try await storage.exclusively { [tokens] in try await storage.save(tokens) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "deep").path)
        #expect(names.sorted() == ["other.json", "tokens.json", "tokens.json.lock"])
    }

    @Test func `one at a time is inside, over storages that share nothing but the file`() async throws {
        let inside = Occupancy()
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await FileTokenStorage(path: path).exclusively {
                        inside.enter()
                        try await Task.sleep(for: .milliseconds(2))
                        inside.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.most == 1)
    }

    @Test func `an error inside gives the lock back, and patience has an end`() async throws {
        struct Oops: Error {}
        @Sendable func fail() throws { throw Oops() }
        let storage = FileTokenStorage(path: path, patience: .milliseconds(50))
        await #expect(throws: Oops.self) { try await storage.exclusively { try fail() } }
        await #expect(throws: TokenStorageError.self) {
            try await storage.exclusively { try await storage.exclusively {} }
        }
        try await storage.exclusively {}
    }
}

/// A folder that goes with the test.
private final class TemporaryFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "sluice-tokens-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// How many are inside, and how many were at the most.
private final class Occupancy: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func leave() { counts.withLock { $0.now -= 1 } }
}
