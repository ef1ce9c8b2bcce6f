import Foundation
import SluiceClient
import SluiceOAuth
import Synchronization

/// The published keys of one issuer: fetched when they are first needed, kept, and fetched anew. However many tasks ask, one fetch is
/// under way at a time.
final class IssuerKeys: Sendable {
    private struct State: Sendable {
        var keys: KeyState
        var fetching: Task<Void, Never>?
    }

    /// What the lock decided, to be done outside of it.
    private enum Step {
        case use(KeySet)
        case wait(Task<Void, Never>)
        case refuse(BearerRefusal)
    }

    private let url: String
    private let transport: any Transport
    private let policy: KeyCachePolicy
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    init(url: String, transport: any Transport, policy: KeyCachePolicy, now: @escaping @Sendable () -> Date) {
        self.url = url
        self.transport = transport
        self.policy = policy
        self.now = now
        state = Mutex(State(keys: KeyState(policy: policy)))
    }

    /// Keys that may be used now.
    /// - Throws: `.unavailable` if there are none.
    func current() async throws(BearerRefusal) -> KeySet {
        switch state.withLock({ step(&$0) }) {
        case .use(let keys): return keys
        case .refuse(let refusal): throw refusal
        case .wait(let fetch):
            await fetch.value
            // One look at what it brought, and no second fetch: a server that is down must not be asked once per request.
            return try state.withLock { state throws(BearerRefusal) in try usable(state) }
        }
    }

    /// Keys that may know a name which those of the fetch `seen` did not.
    /// - Returns: The same keys again if they were fetched a moment ago.
    /// - Throws: `.unavailable` if that cannot be found out.
    func newer(than seen: KeySet) async throws(BearerRefusal) -> KeySet {
        switch state.withLock({ stepForUnknownName(&$0, seen: seen) }) {
        case .use(let keys): return keys
        case .refuse(let refusal): throw refusal
        case .wait(let fetch):
            await fetch.value
            return try state.withLock { state throws(BearerRefusal) in
                guard state.keys.failure == nil else { throw Self.outage(state, wait: policy.pause) }
                return try usable(state)
            }
        }
    }

    private func step(_ state: inout State) -> Step {
        let now = now()
        switch (state.keys.advice(at: now), state.keys.keys(at: now)) {
        case (.use, let keys?): return .use(keys)
        case (.useAndFetch, let keys?):
            _ = fetch(&state, forName: false, at: now)
            return .use(keys)
        case (.giveUp(let wait), _): return .refuse(Self.outage(state, wait: wait))
        case (.fetch, _), (.use, nil), (.useAndFetch, nil): return .wait(fetch(&state, forName: false, at: now))
        }
    }

    private func stepForUnknownName(_ state: inout State, seen: KeySet) -> Step {
        let now = now()
        switch state.keys.adviceForUnknownName(seen: seen.fetch, at: now) {
        case .fetch, .useAndFetch: return .wait(fetch(&state, forName: true, at: now))
        case .use: return .use(state.keys.keys(at: now) ?? seen)
        case .giveUp(let wait): return .refuse(Self.outage(state, wait: wait))
        }
    }

    /// The fetch that is under way, or a new one. A task of its own: the caller that began it may be cancelled while others wait.
    private func fetch(_ state: inout State, forName: Bool, at now: Date) -> Task<Void, Never> {
        if let fetching = state.fetching { return fetching }
        state.keys.begin(forName: forName, at: now)
        let task = Task { await self.fetch(askedAt: now) }
        state.fetching = task
        return task
    }

    private func fetch(askedAt: Date) async {
        let outcome = await answer()
        state.withLock { state in
            switch outcome {
            case .success(let (keys, freshness)): state.keys.succeed(keys, freshness: freshness, askedAt: askedAt)
            case .failure(let failure): state.keys.fail(failure.words)
            }
            state.fetching = nil
        }
    }

    private struct Failure: Error { let words: String }

    private func answer() async -> Result<(keys: [VerificationKey], freshness: Int?), Failure> {
        let request = TransportRequest(.get, url, headers: [("Accept", "application/json")], timeout: policy.timeout)
        let answer: TransportResponse
        do { answer = try await transport.send(request) } catch {
            return .failure(Failure(words: "\(url) does not answer: \(error.summary)"))
        }
        guard answer.status == 200 else { return .failure(Failure(words: "\(url) answers HTTP \(answer.status).")) }
        guard let set = JWKSet(json: answer.body) else { return .failure(Failure(words: "\(url) answers no JWK set.")) }
        // An empty set would refuse every token as forged. It is a server that is not ready, not one that withdrew all it had.
        guard !set.keys.isEmpty else { return .failure(Failure(words: "\(url) lists no key that can be used here.")) }
        return .success((set.keys, answer.freshnessInSeconds))
    }

    private func usable(_ state: State) throws(BearerRefusal) -> KeySet {
        guard let keys = state.keys.keys(at: now()) else { throw Self.outage(state, wait: policy.pause) }
        return keys
    }

    private static func outage(_ state: State, wait: Duration) -> BearerRefusal {
        .unavailable(.keys(state.keys.failure ?? "they have not been fetched yet."), retryAfter: wait)
    }
}
