import GRDB
import SluiceAuthority
import Synchronization

/// The one place that writes: whatever waits shares one transaction, and so one sync of the disk.
///
/// A caller resumes only after the COMMIT that covers its step; when that fails, every covered caller is told so. Throughput
/// therefore grows with the load instead of being one sync per request. Steps run on the connection's own queue, never on the
/// threads that serve requests.
final class GroupCommitWriter: Sendable {
    /// What a step needs to leave nothing behind when it fails.
    enum Shape: Sendable {
        /// At most one statement that writes: SQLite undoes that by itself.
        case statement
        /// Several writing statements: they get a savepoint, so that a failure does not undo the neighbours in the batch.
        case several
    }

    /// How many steps may wait; more are refused, since their callers would be gone before their turn.
    static let waitingLimit = 4_096
    /// How many steps share one transaction at most.
    static let batchLimit = 512

    private struct Step: Sendable {
        let shape: Shape
        let run: @Sendable (Database) -> Outcome
        /// Tells the caller that its step was not run.
        let refuse: @Sendable (any Error) -> Void
    }

    /// What a step did, not yet told to its caller.
    private struct Outcome {
        let failed: Bool
        /// Tells the caller: the step's own result, or the error of the transaction around it.
        let settle: ((any Error)?) -> Void
    }

    private struct State: Sendable {
        var waiting: [Step] = []
        var isScheduled = false
        var isClosed = false

        /// What the next transaction carries: as a rule all that wait, and then by a swap, since whoever enqueues waits for the lock.
        mutating func takeBatch() -> [Step] {
            var batch: [Step] = []
            if waiting.count <= GroupCommitWriter.batchLimit {
                swap(&batch, &waiting)
            } else {
                batch = Array(waiting.prefix(GroupCommitWriter.batchLimit))
                waiting.removeFirst(batch.count)
            }
            return batch
        }
    }

    private let database: DatabaseQueue
    private let onCommit: (@Sendable (Int) -> Void)?
    private let state = Mutex(State())

    /// - Parameter onCommit: Is told how many steps each commit carried.
    init(_ database: DatabaseQueue, onCommit: (@Sendable (Int) -> Void)?) {
        self.database = database
        self.onCommit = onCommit
    }

    /// Runs `body` in the next transaction and returns its result once that is on the disk.
    func write<Value: Sendable>(
        _ shape: Shape, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let step = Step(
                shape: shape,
                run: { db in
                    do {
                        let value = try body(db)
                        return Outcome(failed: false) { error in
                            if let error {
                                continuation.resume(throwing: error)
                            } else {
                                continuation.resume(returning: value)
                            }
                        }
                    } catch {
                        // Its own error says more than the transaction's.
                        let own = StoreError.from(error)
                        return Outcome(failed: true) { _ in continuation.resume(throwing: own) }
                    }
                },
                refuse: { continuation.resume(throwing: StoreError.from($0)) })
            if let refusal = enqueue(step) { continuation.resume(throwing: refusal) }
        }
    }

    /// Refuses further steps, finishes those that wait, and closes the connection.
    func close() throws {
        state.withLock { $0.isClosed = true }
        // Queued behind the drain that may be scheduled, which sees the mark and leaves nothing waiting.
        try StoreError.translating { try database.close() }
    }

    /// How many steps wait for their transaction now.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func enqueue(_ step: Step) -> StoreError? {
        state.withLock { state in
            if state.isClosed { return .unavailable("it was closed") }
            if state.waiting.count >= Self.waitingLimit { return .unavailable("too many writes are waiting") }
            state.waiting.append(step)
            if !state.isScheduled {
                state.isScheduled = true
                schedule()
            }
            return nil
        }
    }

    private func schedule() {
        database.asyncWriteWithoutTransaction { [self] db in drain(db) }
    }

    private func drain(_ db: Database) {
        while true {
            commit(state.withLock { $0.takeBatch() }, db)
            let goesOn = state.withLock { state in
                if state.waiting.isEmpty {
                    state.isScheduled = false
                    return false
                }
                // Through the queue again, so that readers of a database in memory, who share it, get their turn.
                if !state.isClosed { schedule() }
                return state.isClosed
            }
            if !goesOn { return }
        }
    }

    private func commit(_ batch: [Step], _ db: Database) {
        guard !batch.isEmpty else { return }
        do {
            try db.run("BEGIN IMMEDIATE")
        } catch {
            for step in batch { step.refuse(error) }
            return
        }
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(batch.count)
        for step in batch {
            outcomes.append(run(step, db))
            // A full disk or a failing one may have made SQLite roll everything back, the neighbours included.
            if db.isOutsideTransaction {
                let failure = StoreError.unavailable(
                    "the transaction was rolled back, since its disk is full or failing")
                for outcome in outcomes { outcome.settle(failure) }
                for step in batch[outcomes.count...] { step.refuse(failure) }
                return
            }
        }
        do {
            try db.run("COMMIT")
        } catch {
            db.rollBack()
            for outcome in outcomes { outcome.settle(StoreError.from(error)) }
            return
        }
        onCommit?(batch.count)
        for outcome in outcomes { outcome.settle(nil) }
    }

    private func run(_ step: Step, _ db: Database) -> Outcome {
        guard step.shape == .several else { return step.run(db) }
        var outcome: Outcome?
        do {
            try db.run("SAVEPOINT step")
            let own = step.run(db)
            outcome = own
            if own.failed { try db.run("ROLLBACK TO step") }
            try db.run("RELEASE step")
            return own
        } catch {
            // Nothing tells whether the step's writes are gone, so the whole batch must go; `commit` sees that and says so.
            db.rollBack()
            return outcome ?? Outcome(failed: true) { _ in step.refuse(error) }
        }
    }
}
