import CSQLite
import Foundation
import Synchronization

/// The floor of every durable write: raw SQLite, WAL, `synchronous=FULL`, updating one constant row, with group commit.
/// Arguments: the database's path, how many callers wait at once, for how many seconds.
@main
struct FloorCommit {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let callers = Int(arguments[2]), let seconds = Double(arguments[3]) else {
            print("usage: floor-commit PATH CALLERS SECONDS")
            exit(64)
        }
        let writer = try Writer(path: arguments[1])
        let end = ContinuousClock.now + .seconds(seconds)
        let start = ContinuousClock.now
        let waits = await withTaskGroup(of: [Double].self) { group in
            for _ in 0..<callers {
                group.addTask {
                    var waits: [Double] = []
                    while ContinuousClock.now < end {
                        let begun = ContinuousClock.now
                        await writer.update()
                        waits.append((ContinuousClock.now - begun) / .milliseconds(1))
                    }
                    return waits
                }
            }
            var all: [Double] = []
            for await waits in group { all += waits }
            return all.sorted()
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        print(
            #"{"per_second":\#(Int(Double(waits.count) / elapsed)),"p50_ms":\#(waits[waits.count / 2]),"p99_ms":\#(waits[waits.count * 99 / 100])}"#
        )
    }
}

/// One thread that commits whatever has gathered since its last commit.
private final class Writer: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let bell = DispatchSemaphore(value: 0)

    init(path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        let thread = Thread { [self] in
            var database: OpaquePointer?
            guard sqlite3_open(path, &database) == SQLITE_OK else { fatal("cannot open \(path)") }
            func run(_ sql: String) {
                if sqlite3_exec(database, sql, nil, nil, nil) != SQLITE_OK { fatal(sql) }
            }
            run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
            run("CREATE TABLE row (id INTEGER PRIMARY KEY, number INTEGER); INSERT INTO row VALUES (1, 0)")
            var update: OpaquePointer?
            sqlite3_prepare_v2(database, "UPDATE row SET number = number + 1 WHERE id = 1", -1, &update, nil)
            while true {
                bell.wait()
                let batch = waiting.withLock { waiting in
                    defer { waiting = [] }
                    return waiting
                }
                guard !batch.isEmpty else { continue }
                run("BEGIN IMMEDIATE")
                for _ in batch {
                    sqlite3_step(update)
                    sqlite3_reset(update)
                }
                run("COMMIT")
                for caller in batch { caller.resume() }
            }
        }
        thread.start()
    }

    func update() async {
        await withCheckedContinuation { continuation in
            waiting.withLock { $0.append(continuation) }
            bell.signal()
        }
    }
}

private func fatal(_ what: String) -> Never {
    FileHandle.standardError.write(Data("floor-commit: \(what)\n".utf8))
    exit(1)
}
