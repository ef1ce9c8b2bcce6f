import Synchronization

/// The faults that wait for their requests, in the order in which they were asked for.
final class FaultPlan: Sendable {
    /// A fault and the requests that it waits for.
    struct Rule: Sendable, Equatable {
        /// Its number, counted from 1.
        let number: Int
        /// Where.
        let target: CallTarget
        /// Only requests with this method; `nil` for any.
        let method: String?
        /// Only requests of this grant type; `nil` for any.
        let grantType: GrantType?
        /// What happens.
        let fault: Fault
        /// How many requests it still waits for.
        var times: Int
    }

    /// How many rules may wait at once.
    static let limit = 100

    private struct State {
        var rules: [Rule] = []
        var count = 0
    }

    private let state = Mutex(State())

    /// Adds a rule behind the others.
    /// - Returns: The rule; `nil` if there are too many already.
    func add(
        _ fault: Fault, at target: CallTarget, method: String? = nil, grantType: GrantType? = nil, times: Int
    ) -> Rule? {
        state.withLock { state in
            guard state.rules.count < Self.limit else { return nil }
            state.count += 1
            let rule = Rule(
                number: state.count, target: target, method: method, grantType: grantType, fault: fault, times: times)
            state.rules.append(rule)
            return rule
        }
    }

    /// The fault that a request meets: of the first rule that waits for such a one, which then waits for one less.
    func take(at target: CallTarget, method: String, grantType: GrantType?) -> Fault? {
        state.withLock { state in
            let index = state.rules.firstIndex { rule in
                rule.target.includes(target) && (rule.method ?? method) == method
                    && (rule.grantType == nil || rule.grantType == grantType)
            }
            guard let index else { return nil }
            state.rules[index].times -= 1
            return state.rules[index].times > 0 ? state.rules[index].fault : state.rules.remove(at: index).fault
        }
    }

    /// The rules that wait.
    var rules: [Rule] { state.withLock { $0.rules } }

    /// Forgets all.
    /// - Returns: How many there were.
    func clear() -> Int {
        state.withLock { state in
            defer { state.rules = [] }
            return state.rules.count
        }
    }
}

/// The grant types that this server has.
enum GrantType: String, Sendable, CaseIterable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
}
