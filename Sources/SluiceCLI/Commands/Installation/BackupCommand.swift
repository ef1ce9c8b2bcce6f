import ArgumentParser
import Foundation
import SluiceSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `sluice backup`.
struct BackupCommand: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a copy of the database, consistent in itself, while a server may use it.",
        discussion: """
            The copy is readable for its owner alone. It does not hold the master key: keep a copy of that apart, since the two \
            together open everything.

            To restore: stop the server, put the copy in the place of sluice.sqlite in the data folder, remove sluice.sqlite-wal and \
            sluice.sqlite-shm, and start the server. Refresh tokens that were rotated after the copy was made are refused then; \
            their apps have to ask for approval again.

              sluice backup /backups/sluice-$(date +%F).sqlite
            """)

    @Argument(
        help: ArgumentHelp("The file to write; an existing one is left alone.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var common: CommonOptions

    func perform(in surroundings: Surroundings) async throws -> Outcome {
        let settings = try await common.settings(surroundings)
        guard (try? FileMode(file)) == .some(nil) else {
            throw Failure(
                .cannotCreate, "\(file) exists, and a backup never overwrites.", kept: "It was left as it is.",
                next: "Choose another name.")
        }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard let mode = try? FileMode(folder), mode.isFolder, access(folder, W_OK) == 0 else {
            throw Failure(
                .cannotCreate, "\(file) cannot be made: its folder is not there, or this user may not write into it.",
                kept: "Nothing was changed.", next: "Choose another place.")
        }
        return try await Installation.with(settings, in: surroundings) { installation in
            try await installation.store.backup(to: file)
            let version = try await installation.store.schemaVersion()
            let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
            surroundings.output.show(
                Report(
                    json: .object([
                        ("file", .string(file)), ("bytes", .integer(size)), ("schema", .integer(version)),
                        ("data", .string(installation.folder.path)),
                    ]),
                    text:
                        "Wrote \(file) (\(size) bytes, schema \(version)). The master key is not in it: keep a copy of that apart."
                ),
                asJSON: common.json)
            return .ok
        }
    }
}
