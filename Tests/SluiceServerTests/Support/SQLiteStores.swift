import Foundation
import SluiceAuthority
import SluiceSQLite

/// Stores for tests that share one between installations.
enum SQLiteStores {
    /// A store that several installations can use one after the other, or at once.
    static func inMemory() async throws -> any AuthorityStore { try await SQLiteStore.inMemory() }

    /// A store in a file of its own folder, as after `sluice serve`; the folder goes with the returned value's `remove`.
    static func path() -> (folder: URL, file: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        return (folder, folder.appending(path: "sluice.sqlite").path)
    }
}
