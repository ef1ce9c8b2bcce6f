/// A scope as a box to tick.
struct ScopeChoice: Sendable, DerivedValues {
    var name: String
    var isChosen: Bool

    var derived: [String: Any] { ["words": ScopeWords(name).words] }
}
