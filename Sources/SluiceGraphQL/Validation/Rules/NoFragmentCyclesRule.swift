/// No fragment spreads itself, by whatever way.
/// - Source: GraphQL October 2021 §5.5.2.2.
final class NoFragmentCyclesRule: ValidationRule {
    private var visited: Set<String> = []
    private var path: [FragmentSpread] = []
    private var placesInPath: [String: Int] = [:]

    override func enter(_ fragment: FragmentDefinition) { search(from: fragment) }

    /// Each fragment is entered once and the path is no longer than the nesting limit, so the stack is bounded.
    private func search(from fragment: FragmentDefinition) {
        guard visited.insert(fragment.name.text).inserted, path.count < context.limits.nesting else { return }
        let spreads = context.usages[ObjectIdentifier(fragment)]?.spreads ?? []
        guard !spreads.isEmpty else { return }
        placesInPath[fragment.name.text] = path.count
        for spread in spreads where !isFull {
            let name = spread.name.text
            path.append(spread)
            if let place = placesInPath[name] {
                let cycle = path[place...]
                let via = cycle.dropLast().map { "\"\($0.name.text)\"" }.joined(separator: ", ")
                report(
                    "Cannot spread fragment \"\(name)\" within itself\(via.isEmpty ? "" : " via \(via)").",
                    at: cycle.map(\.location))
            } else if let next = context.document.fragments[name] {
                search(from: next)
            }
            path.removeLast()
        }
        placesInPath[fragment.name.text] = nil
    }
}
