import Synchronization

/// How many fields all living plans of an engine have. Fragments and aliases can make of a short document many times its text, so the
/// cache bounds what was compiled as well as what was sent.
final class PlanCount: Sendable {
    private let count = Atomic<Int>(0)

    var fields: Int { count.load(ordering: .relaxed) }

    func add(_ fields: Int) { count.wrappingAdd(fields, ordering: .relaxed) }
}
