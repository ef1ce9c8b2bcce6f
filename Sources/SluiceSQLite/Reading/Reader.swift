import Dispatch
import GRDB
import SluiceAuthority
import Synchronization

/// Connections that read, used synchronously by the calling task.
///
/// A read by key takes some ten microseconds, and handing it to another thread ten times that, so the task does it itself.
/// Each read takes an idle connection or opens one: there are never more than threads that read at the same moment, and none
/// waits for another. A read outside a transaction sees every commit that was acknowledged before it began.
final class Reader: Sendable {
    /// How many idle connections are kept.
    static let idleLimit = 8

    private let open: @Sendable () throws -> DatabaseQueue
    // A database in memory has one connection; there `shared` is set and the pool stays empty.
    private let shared: DatabaseQueue?
    private let idle = Mutex<(connections: [DatabaseQueue], isClosed: Bool)>(([], false))

    /// Reads a file through connections of its own.
    init(_ file: DatabaseFile) {
        open = { try file.openReader() }
        shared = nil
    }

    /// Reads a database in memory through the one connection to it, in turn with the writer.
    init(sharing database: DatabaseQueue) {
        open = { database }
        shared = database
    }

    /// Runs a short read.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try StoreError.translating {
            if let shared {
                guard !idle.withLock({ $0.isClosed }) else { throw StoreError.unavailable("it was closed") }
                return try shared.unsafeRead(body)
            }
            let connection = try take()
            defer { giveBack(connection) }
            return try connection.unsafeRead(body)
        }
    }

    /// Runs a long read on a thread of its own, so that it does not hold up the requests that share the calling thread's pool.
    func scan<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await onOwnThread { [self] in try read(body) }
    }

    /// Closes the idle connections; those in use close when they are given back.
    func close() throws {
        let connections = idle.withLock { idle in
            idle.isClosed = true
            defer { idle.connections = [] }
            return idle.connections
        }
        for connection in connections { try StoreError.translating { try connection.close() } }
    }

    private func take() throws -> DatabaseQueue {
        let found: DatabaseQueue? = try idle.withLock { idle in
            if idle.isClosed { throw StoreError.unavailable("it was closed") }
            return idle.connections.popLast()
        }
        return try found ?? open()
    }

    private func giveBack(_ connection: DatabaseQueue) {
        // A connection that is not kept closes when its last reference goes, at the end of this function.
        idle.withLock { idle in
            if !idle.isClosed, idle.connections.count < Self.idleLimit { idle.connections.append(connection) }
        }
    }
}

/// Runs blocking work on a thread outside the pool that serves requests.
func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}
