import Dispatch
import GRDB
import Synchronization

@testable import SluiceSQLite

/// Holds a store's writer, so that a test decides what waits together and shares the next transaction.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)
    private let holding: Task<Void, any Error>

    /// Returns once the writer is held.
    init(_ writer: GroupCommitWriter) async throws {
        let opened = opened
        let (reached, signal) = AsyncStream<Void>.makeStream()
        holding = Task {
            try await writer.write(.statement) { _ in
                signal.finish()
                opened.wait()
            }
        }
        for await _ in reached {}
    }

    /// Lets the writer go on.
    func open() async throws {
        opened.signal()
        try await holding.value
    }
}

/// A list that several threads append to.
final class Log<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func append(_ element: Element) { elements.withLock { $0.append(element) } }
}
