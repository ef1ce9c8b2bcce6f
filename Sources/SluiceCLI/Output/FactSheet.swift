/// Named facts, one a line, aligned for people.
struct FactSheet {
    private let facts: [(name: String, value: String)]

    /// Facts in order; absent ones are left out.
    init(_ facts: [(String, String?)]) {
        self.facts = facts.compactMap { name, value in value.map { (name, Printable.line($0)) } }
    }

    /// The sheet.
    var text: String {
        let width = facts.map(\.name.count).max() ?? 0
        return facts.map { "\($0.name)\(String(repeating: " ", count: width - $0.name.count + 2))\($0.value)" }
            .joined(separator: "\n")
    }
}
