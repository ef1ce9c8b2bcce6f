import Synchronization

/// Holds a task up until a test lets it through, and tells the test that it has come.
final class Gate: Sendable {
    private let arrived: AsyncStream<Void>
    private let arrive: AsyncStream<Void>.Continuation
    private let opened: AsyncStream<Void>
    private let opener: AsyncStream<Void>.Continuation

    init() {
        (arrived, arrive) = AsyncStream.makeStream()
        (opened, opener) = AsyncStream.makeStream()
    }

    /// Waits until the gate is open.
    func pass() async {
        arrive.finish()
        for await _ in opened {}
    }

    /// Waits until somebody stands at the gate.
    func arrival() async { for await _ in arrived {} }

    func open() { opener.finish() }
}
