import Foundation
import SluiceOAuth

/// What the server said of tokens, by their SHA-256, each for a span. At most `2 × capacity` entries. A value, to be kept under a lock.
struct AnswerCache: Sendable {
    private struct Entry {
        let answer: IntrospectionResponse
        let at: Date
    }

    private let capacity: Int
    private let span: TimeInterval
    private var young: [SecretHash: Entry] = [:]
    private var old: [SecretHash: Entry] = [:]

    init(capacity: Int, span: Duration) {
        self.capacity = capacity
        self.span = span / .seconds(1)
    }

    /// What was said of a token, if that is not too long ago. An answer from the future is dropped: the clock went back, and when it
    /// gets there again the answer is older than it seems.
    mutating func answer(_ token: SecretHash, at now: Date) -> IntrospectionResponse? {
        guard let entry = young[token] ?? old[token] else { return nil }
        let age = now.timeIntervalSince(entry.at)
        guard age >= 0 else {
            young[token] = nil
            old[token] = nil
            return nil
        }
        return age < span ? entry.answer : nil
    }

    /// Keeps an answer to a question of the moment `at`. The oldest go by themselves, since entries are not moved when they are used.
    mutating func insert(_ answer: IntrospectionResponse, for token: SecretHash, at: Date) {
        guard span > 0 else { return }
        if young.count >= capacity {
            old = young
            young.removeAll(keepingCapacity: true)
        }
        young[token] = Entry(answer: answer, at: at)
    }
}
