import Foundation

/// How many requests one bucket made in one window, by step. A value: time is handed in.
struct SlidingCount: Sendable {
    let window: RateWindow
    /// How many requests are in the window.
    private(set) var used = 0
    private var newest: Int
    // Before this step there is nothing, so that nobody who looks for the oldest requests looks at all steps.
    private var oldest: Int
    // By step modulo their number: those that are in the window, and nothing else.
    private var counts = [UInt32](repeating: 0, count: RateWindow.steps)

    /// An empty window.
    init(_ window: RateWindow, at now: Date) {
        self.window = window
        newest = window.step(at: now)
        oldest = newest
    }

    /// Takes time on: what has left the window counts no more.
    mutating func advance(to now: Date) {
        let step = window.step(at: now)
        let passed = step - newest
        guard passed != 0 else { return }
        // A clock that was set back a little leaves everything as it is, or a client would get a second quota. Behind by a whole window
        // it was wrong before, and keeping on would lock everybody out until it is that late again.
        guard passed > -RateWindow.steps else { return self = SlidingCount(window, at: now) }
        guard passed > 0 else { return }
        for step in (newest + 1)...(newest + min(passed, RateWindow.steps)) {
            used -= Int(counts[Self.slot(step)])
            counts[Self.slot(step)] = 0
        }
        newest = step
        oldest = used == 0 ? newest : max(oldest, newest - RateWindow.steps + 1)
    }

    /// Counts one request in the newest step.
    /// - Returns: The step.
    mutating func count() -> Int {
        add(1, toStep: newest)
        return newest
    }

    /// Adds requests that are known from elsewhere. Those outside of the window are nothing to it; those of a node whose clock is ahead
    /// count as the newest.
    mutating func add(_ amount: Int, toStep step: Int) {
        guard step > newest - RateWindow.steps else { return }
        let step = min(step, newest)
        oldest = min(oldest, step)
        let slot = Self.slot(step)
        let before = counts[slot]
        counts[slot] = UInt32(clamping: Int(before) + amount)
        used += Int(counts[slot]) - Int(before)
    }

    /// How many more the window takes.
    func remaining(of quota: Int) -> Int { max(0, quota - used) }

    /// In how many whole seconds the oldest requests leave the window; the length of the window if there are none.
    func resetsAfter(at now: Date) -> Int {
        guard used > 0 else { return window.seconds }
        return wait(untilUsed: used - 1, at: now)
    }

    /// In how many whole seconds there is room for a request again, at least one.
    func retryAfter(quota: Int, at now: Date) -> Int { wait(untilUsed: quota - 1, at: now) }

    private func wait(untilUsed target: Int, at now: Date) -> Int {
        var left = used
        for step in oldest...newest {
            left -= Int(counts[Self.slot(step)])
            if left <= target {
                return max(1, Int(window.end(ofStep: step).timeIntervalSince(now).rounded(.up)))
            }
        }
        return window.seconds
    }

    private static func slot(_ step: Int) -> Int {
        let rest = step % RateWindow.steps
        return rest < 0 ? rest + RateWindow.steps : rest
    }
}
