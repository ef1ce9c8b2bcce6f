import Foundation
import SluiceAuthority
import SluiceSQLite
import SluiceStoreContract
import Testing

/// SQLite as the contract opens it: on a disk, as it is deployed, and in memory, as other tests use it.
enum SQLiteEngine: ContractEngine, CaseIterable {
    case file
    case memory

    func empty() async throws -> any AuthorityStore {
        switch self {
        case .file: try await SQLiteStore.open(path: Scratch.newPath())
        case .memory: try await SQLiteStore.inMemory()
        }
    }

    func twins() async throws -> (any AuthorityStore, any AuthorityStore)? {
        guard self == .file else { return nil }
        let path = Scratch.newPath()
        return (try await SQLiteStore.open(path: path), try await SQLiteStore.open(path: path))
    }

    var testDescription: String { self == .file ? "a file" : "memory" }
}

/// A folder for this run's databases, which goes when the tests end.
enum Scratch {
    private static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-sqlite-tests-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit { Scratch.remove() }
        return folder
    }()

    /// The path of a database that does not exist yet.
    static func newPath() -> String { folder.appending(path: "\(UUID().uuidString).sqlite").path }

    private static func remove() { try? FileManager.default.removeItem(at: folder) }
}
