import Foundation
import SluiceAuthority

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder that holds an installation: the database and, unless it is kept elsewhere, the master key.
struct DataFolder: Sendable {
    /// What was made on the way in.
    enum Novelty: Sendable, Equatable {
        case folder, masterKey, database
    }

    /// Its path.
    let path: String

    init(path: String) {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The database's file.
    var databasePath: String { path + "/sluice.sqlite" }
    /// The master key's file, where it is kept here.
    var masterKeyPath: String { path + "/master.key" }
    /// Where the server that last used the folder answered, for `explain`.
    var servingNotePath: String { path + "/serving.json" }

    /// Whether the folder is there.
    var exists: Bool { get throws { try Self.looking(at: path) { try FileMode(path) != nil } } }

    /// Makes sure that the folder is there and closed to others.
    /// - Parameter creates: Whether a missing one is made.
    /// - Returns: Whether it was made now.
    func prepare(creates: Bool) throws -> Bool {
        if let mode = try Self.looking(at: path, { try FileMode(path) }) {
            guard mode.isFolder else {
                throw Failure(
                    .cannotCreate, "\(path) is a file, not a data folder.", next: "Choose another one with --data.")
            }
            return false
        }
        guard creates else {
            throw Failure(
                .notFound, "There is no data folder at \(path).",
                next:
                    "Name the installation's folder with --data or SLUICE_DATA, or make a new one with `sluice serve`.")
        }
        do {
            if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
                try FileManager.default.createDirectory(
                    atPath: String(path[..<slash]), withIntermediateDirectories: true)
            }
        } catch {
            throw Failure(
                .cannotCreate, "The folder above \(path) cannot be made.",
                next: "Choose another data folder with --data.")
        }
        guard mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return false }  // Another first start was faster.
            throw Failure(
                .cannotCreate, "The data folder \(path) cannot be made: \(SystemError.last.words).",
                next: "Choose another one with --data, or make it yourself for this user.")
        }
        // A strange umask may have taken the owner's own rights.
        chmod(path, 0o700)
        return true
    }

    /// The master key, made on the first run where it is kept here.
    /// - Returns: The key, and whether it was made now.
    /// - Throws: `Failure` if it is lost or unusable. Then nothing was written.
    func masterKey(from source: MasterKeySource, creates: Bool, random: RandomSource = .system) throws -> (
        MasterKey, made: Bool
    ) {
        switch source {
        case .file(let path): return (try MasterKeyFile.read(path), false)
        case .text(let text):
            guard let key = MasterKeyFile.parse(text) else {
                throw Failure(
                    .invalid, "SLUICE_MASTER_KEY holds no master key: base64 of 32 bytes is expected.",
                    kept: "Nothing was changed.")
            }
            return (key, false)
        case .dataFolder: break
        }
        // The database is looked for first: it is made after the key, so one that is there without a key lost it.
        let hasDatabase = try Self.looking(at: databasePath) { try FileMode(databasePath) != nil }
        if try Self.looking(at: masterKeyPath, { try FileMode(masterKeyPath) }) != nil {
            return (try MasterKeyFile.read(masterKeyPath), false)
        }
        guard !hasDatabase else {
            throw Failure(
                .refused,
                "The master key of this installation is lost: \(databasePath) is there, but \(masterKeyPath) is not.",
                kept: "Nothing was overwritten.",
                next:
                    "Put the file back from your copy, or hand the key over by SLUICE_MASTER_KEY or --master-key-file.")
        }
        guard creates else {
            throw Failure(
                .notFound, "There is no installation in \(path): neither database nor master key.",
                next:
                    "Name the installation's folder with --data or SLUICE_DATA, or make a new one with `sluice serve`.")
        }
        do {
            let made = try FileContent.createWhole(masterKeyPath, Array((MasterKeyFile.fresh(random) + "\n").utf8))
            return (try MasterKeyFile.read(masterKeyPath), made)
        } catch let error as SystemError {
            throw Failure(
                .cannotCreate, "The master key \(masterKeyPath) cannot be written: \(error.words).",
                kept: "Nothing was changed.",
                next: "Look at the folder's permissions and the disk's free space.")
        }
    }

    /// What others on this machine could do with the folder's content, a sentence each.
    func exposures(masterKey source: MasterKeySource) throws -> [String] {
        var found: [String] = []
        if let mode = try? FileMode(path), mode.isOpenToEverybody || mode.isOpenToGroup {
            found.append(
                "Other users can look into the data folder \(path) (mode \(mode.text)). Close it: chmod 700 \(path)")
        }
        let keyPath: String? =
            switch source {
            case .dataFolder: masterKeyPath
            case .file(let path): path
            case .text: nil
            }
        if let keyPath, let mode = try? FileMode(keyPath), mode.isOpenToGroup || mode.isOpenToEverybody {
            found.append(
                "Other users can read the master key \(keyPath) (mode \(mode.text)). Close it: chmod 600 \(keyPath)")
        }
        if let mode = try? FileMode(databasePath), mode.isOpenToGroup || mode.isOpenToEverybody {
            found.append(
                "Other users can read the database \(databasePath) (mode \(mode.text)). Close it: chmod 600 \(databasePath)"
            )
        }
        return found
    }

    /// What the first run says.
    func announcement(_ made: Set<Novelty>) -> String? {
        guard !made.isEmpty else { return nil }
        var parts: [String] = []
        if made.contains(.folder) { parts.append("the data folder \(path) (0700)") }
        if made.contains(.database) { parts.append("the database \(databasePath) (0600)") }
        if made.contains(.masterKey) { parts.append("the master key \(masterKeyPath) (0600)") }
        let list =
            parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "") : parts.joined()
        let advice =
            made.contains(.masterKey)
            ? " Keep a copy of the master key apart from your backups: without it the database's secrets cannot be opened."
            : ""
        return "First run: made \(list).\(advice)"
    }

    private static func looking<Value>(at path: String, _ look: () throws -> Value) throws -> Value {
        do { return try look() } catch let error as SystemError {
            throw Failure(
                .unavailable, "\(path) cannot be looked at: \(error.words).", kept: "Nothing was changed.",
                next: "Run the command as the user that the data folder belongs to.")
        }
    }
}
