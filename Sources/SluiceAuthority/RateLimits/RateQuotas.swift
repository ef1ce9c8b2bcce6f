/// How many requests a client may make in each window.
public struct RateQuotas: Sendable, Equatable {
    /// One policy for each window that is limited, the shortest window first; at least one.
    public let policies: [RatePolicy]

    /// How many requests a quota may be.
    public static let range = 1...1_000_000_000

    /// Buffer's numbers for its Essentials plan, which a sandbox has: an app that lives with them lives with its smallest paid plan.
    public static let essentials = RateQuotas(policies: [
        RatePolicy(window: .quarterHour, quota: 100), RatePolicy(window: .day, quota: 250),
        RatePolicy(window: .month, quota: 7_500),
    ])

    /// Quotas as an operator writes them: `100/15m,250/24h,3000/30d`, in any order, each window once at the most.
    /// - Returns: `nil` for anything else.
    public init?(_ text: String) {
        var quotas: [RateWindow: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.drop { $0 == " " }.split(separator: "/", omittingEmptySubsequences: false)
            guard words.count == 2, words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let quota = Int(words[0]),
                Self.range.contains(quota), let window = RateWindow(rawValue: String(words[1])),
                quotas.updateValue(quota, forKey: window) == nil
            else { return nil }
        }
        self.init(
            policies: RateWindow.allCases.compactMap { window in
                quotas[window].map { RatePolicy(window: window, quota: $0) }
            })
    }

    private init(policies: [RatePolicy]) { self.policies = policies }

    /// As an operator writes them.
    public var text: String { policies.map { "\($0.quota)/\($0.window.rawValue)" }.joined(separator: ",") }
}

/// The quota of one window.
public struct RatePolicy: Sendable, Hashable {
    /// The window.
    public let window: RateWindow
    /// How many requests it may hold.
    public let quota: Int

    /// As the answers name it: `100-in-15min`.
    public var name: String { "\(quota)-in-\(window.policyWord)" }
}
