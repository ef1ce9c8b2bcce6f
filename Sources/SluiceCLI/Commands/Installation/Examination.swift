import Foundation
import SluiceAuthority
import SluiceOAuth
import SluiceSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What `doctor` found.
struct Examination {
    /// One line.
    struct Check: Equatable {
        enum Status: String { case ok, warn, fail }

        let name: String
        let status: Status
        let summary: String
        let advice: String?
    }

    private(set) var checks: [Check] = []

    /// Whether nothing failed.
    var isHealthy: Bool { checks.allSatisfy { $0.status != .fail } }

    /// Looks at everything; what cannot be looked at after a failure is left out.
    static func of(_ resolved: ResolvedSettings, in surroundings: Surroundings) async -> Examination {
        var examination = Examination()
        examination.lookAtSettings(resolved)
        let folder = DataFolder(path: resolved.settings.data)
        guard examination.lookAtFolder(folder) else { return examination }
        examination.lookAtSpace(folder)
        guard let masterKey = examination.lookAtMasterKey(folder, resolved.settings) else { return examination }
        guard (try? FileMode(folder.databasePath)) != .some(nil) else {
            examination.fail(
                "database", "There is no database in \(folder.path).",
                "`sluice serve` makes one; or name the right folder with --data.")
            return examination
        }
        do {
            let store = try await SQLiteStore.open(path: folder.databasePath)
            await examination.lookAtDatabase(store)
            await examination.lookAtSecrets(store, masterKey, resolved.settings, surroundings)
            try await store.close()
        } catch {
            let failure = Failure(error)
            examination.fail("database", failure.what, failure.next)
        }
        return examination
    }

    private mutating func lookAtSettings(_ resolved: ResolvedSettings) {
        guard !resolved.problems.isEmpty else { return ok("settings", "Every setting is sound.") }
        for problem in resolved.problems {
            add(
                "settings", problem.severity == .error ? .fail : .warn, problem.message,
                "`sluice config check` shows what came from where.")
        }
    }

    private mutating func lookAtFolder(_ folder: DataFolder) -> Bool {
        do {
            guard let mode = try FileMode(folder.path) else {
                fail("data folder", "There is no data folder at \(folder.path).", "Name it with --data or SLUICE_DATA.")
                return false
            }
            guard mode.isFolder else {
                fail("data folder", "\(folder.path) is a file.", "Name the data folder with --data or SLUICE_DATA.")
                return false
            }
            guard access(folder.path, R_OK | W_OK | X_OK) == 0 else {
                fail(
                    "data folder", "This user may not write to \(folder.path).",
                    "Run Sluice as the user that it belongs to.")
                return false
            }
            if mode.isOpenToGroup || mode.isOpenToEverybody {
                warn(
                    "data folder", "Other users can look into \(folder.path) (mode \(mode.text)).",
                    "chmod 700 \(folder.path)")
            } else {
                ok("data folder", "\(folder.path) is closed to other users (mode \(mode.text)).")
            }
            if let database = try FileMode(folder.databasePath) {
                let attributes = try? FileManager.default.attributesOfItem(atPath: folder.databasePath)
                guard attributes?[.size] as? Int != 0 else {
                    // Opening it would make it a new database, and the loss invisible.
                    fail(
                        "database file",
                        "\(folder.databasePath) is empty: its content is lost, or its first start was cut short.",
                        "Put a backup in its place; without one `sluice serve` starts anew in it.")
                    return false
                }
                if database.isOpenToGroup || database.isOpenToEverybody {
                    warn(
                        "database file", "Other users can read \(folder.databasePath) (mode \(database.text)).",
                        "chmod 600 \(folder.databasePath)")
                } else {
                    ok("database file", "It is closed to other users (mode \(database.text)).")
                }
            }
            return true
        } catch {
            fail("data folder", Failure(error).what, "Run Sluice as the user that it belongs to.")
            return false
        }
    }

    private mutating func lookAtSpace(_ folder: DataFolder) {
        var info = statvfs()
        guard statvfs(folder.path, &info) == 0 else { return warn("disk space", "It cannot be told.", nil) }
        let free = Int(clamping: UInt64(info.f_bavail) &* UInt64(info.f_frsize)) / 1_048_576
        if free < 64 {
            fail(
                "disk space", "\(free) MiB are free.",
                "Make room: a full disk stops every sign-in, exchange and refresh.")
        } else if free < 1_024 {
            warn("disk space", "\(free) MiB are free.", "Make room before it is full.")
        } else {
            ok("disk space", "\(free) MiB are free.")
        }
    }

    private mutating func lookAtMasterKey(_ folder: DataFolder, _ settings: Settings) -> MasterKey? {
        do {
            let (key, _) = try folder.masterKey(from: settings.masterKey, creates: false)
            let exposures = try folder.exposures(masterKey: settings.masterKey).filter { $0.contains("master key") }
            if let exposure = exposures.first {
                warn("master key", exposure, nil)
            } else {
                ok("master key", "It is there, and closed to other users.")
            }
            return key
        } catch {
            let failure = Failure(error)
            fail("master key", failure.what, failure.next)
            return nil
        }
    }

    private mutating func lookAtDatabase(_ store: SQLiteStore) async {
        do {
            let version = try await store.schemaVersion()
            ok("schema", "Version \(version), the newest this binary knows.")
            try await store.checkReady()
            // `open` sets it and refuses to go on unless it reads back FULL.
            ok(
                "durability",
                "It takes writes, and a commit is on the disk before it is acknowledged (synchronous=FULL).")
            let damage = try await store.integrityCheck()
            if damage.isEmpty {
                ok("integrity", "Every page and every reference is sound.")
            } else {
                fail(
                    "integrity", damage.map(Printable.line).joined(separator: "; ") + ".",
                    "Stop the server and put a backup in the database's place.")
            }
        } catch {
            let failure = Failure(error)
            fail("database", failure.what, failure.next)
        }
    }

    private mutating func lookAtSecrets(
        _ store: SQLiteStore, _ masterKey: MasterKey, _ settings: Settings, _ surroundings: Surroundings
    ) async {
        do {
            let authority = try await Authority(
                store: store, masterKey: masterKey,
                configuration: settings.authorityConfiguration(origins: settings.origins(port: settings.port)),
                environment: AuthorityEnvironment(now: surroundings.now))
            ok("sealed secrets", "The master key opens them.")
            let now = surroundings.now()
            let keys = SigningKeyRecord.roles(authority.signingKeys.records, at: now)
            if let current = keys.first(where: { $0.role == .current })?.record, current.activatesAt <= now {
                ok("signing keys", "\(current.keyID) (\(current.algorithm.rawValue)) signs; \(keys.count) published.")
            } else {
                fail(
                    "signing keys", "No published key may sign now.",
                    "Is the clock right? Otherwise: sluice signing-key rotate --now")
            }
            lookAtClock(
                now, newest: try await authority.audit.list(account: nil, SliceRequest(limit: 1)).elements.first?.at)
        } catch {
            let failure = Failure(error)
            fail("sealed secrets", failure.what, failure.next)
        }
    }

    private mutating func lookAtClock(_ now: Date, newest: Date?) {
        let text = Timestamp.text(now)
        let advice = "Set the clock and let it follow a time server: tokens and codes are judged by it."
        // This code was not written before then.
        if now < Date(timeIntervalSince1970: 1_767_225_600) {
            fail("clock", "It says \(text), which is long past.", advice)
        } else if let newest, newest > now.addingTimeInterval(60) {
            fail("clock", "It says \(text), but the newest audit event is of \(Timestamp.text(newest)).", advice)
        } else {
            ok("clock", "It says \(text), and nothing in the database is from the future.")
        }
    }

    private mutating func ok(_ name: String, _ summary: String) { add(name, .ok, summary, nil) }
    private mutating func warn(_ name: String, _ summary: String, _ advice: String?) {
        add(name, .warn, summary, advice)
    }
    private mutating func fail(_ name: String, _ summary: String, _ advice: String?) {
        add(name, .fail, summary, advice)
    }

    private mutating func add(_ name: String, _ status: Check.Status, _ summary: String, _ advice: String?) {
        checks.append(Check(name: name, status: status, summary: summary, advice: advice))
    }

    /// The lines, and the verdict.
    var report: Report {
        let width = checks.map(\.name.count).max() ?? 0
        let lines = checks.map { check in
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            let status = check.status.rawValue + String(repeating: " ", count: 4 - check.status.rawValue.count)
            return "\(status)  \(name)  \(Printable.line(check.summary))"
                + (check.advice.map { "\n      \(String(repeating: " ", count: width))  \(Printable.line($0))" } ?? "")
        }
        let verdict =
            isHealthy
            ? (checks.contains { $0.status == .warn } ? "It works; see the warnings." : "All is well.")
            : "Something is broken."
        return Report(
            json: .object([
                ("ok", .bool(isHealthy)),
                (
                    "checks",
                    .array(
                        checks.map {
                            .object([
                                ("name", .string($0.name)), ("status", .string($0.status.rawValue)),
                                ("summary", .string($0.summary)),
                                ("advice", .optional($0.advice)),
                            ])
                        })
                ),
            ]),
            text: lines.joined(separator: "\n") + "\n\n" + verdict)
    }
}
