/// Measures a document before anything walks it with fragments followed: a fragment is measured once, however often it
/// is spread, so that what would take exponential time is refused in linear time.
struct LimitCheck {
    private let document: Document
    private let limits: GraphQLLimits
    private var measured: [String: Measure] = [:]
    private var open: Set<String> = []
    private var aliases = 0
    private var directives = 0

    private struct Measure {
        /// How many fields stand below each other.
        var depth = 0
        /// How many selection sets stand within each other, fragments included.
        var nesting = 0
        /// Cost, as if the selection set were an operation's own.
        var cost = 0.0

        mutating func include(_ other: Measure) {
            depth = max(depth, other.depth)
            nesting = max(nesting, other.nesting)
            cost += other.cost
        }
    }

    init(document: Document, limits: GraphQLLimits) {
        self.document = document
        self.limits = limits
    }

    /// - Throws: ``GraphQLError`` for the first limit that is exceeded.
    mutating func run() throws(GraphQLError) {
        for definition in document.definitions {
            switch definition {
            case .operation(let operation):
                directives += operation.directives.count
                directives += operation.variables.reduce(0) { $0 + $1.directives.count }
                let measure = try measure(operation.selectionSet, level: 1)
                guard measure.depth <= limits.depth else {
                    throw GraphQLError(
                        "Query exceeds maximum allowed depth of \(limits.depth).", locations: [operation.location])
                }
                guard measure.cost <= limits.complexity else {
                    throw GraphQLError(
                        "Query exceeds maximum allowed complexity. Please simplify your query.",
                        locations: [operation.location])
                }
            case .fragment(let fragment):
                if document.fragments[fragment.name.text] === fragment {
                    _ = try measure(fragment, level: 1)
                }
            case .schema, .type, .directive:
                break
            }
        }
        guard aliases <= limits.aliases else {
            throw GraphQLError("Query exceeds maximum allowed number of \(limits.aliases) aliases.")
        }
        guard directives <= limits.directives else {
            throw GraphQLError("Query exceeds maximum allowed number of \(limits.directives) directives.")
        }
    }

    private mutating func measure(_ fragment: FragmentDefinition, level: Int) throws(GraphQLError) -> Measure {
        let name = fragment.name.text
        if let known = measured[name] {
            // The stack of whoever follows the fragment from here is what is bounded.
            guard level + known.nesting <= limits.nesting else { throw tooDeep(fragment.location) }
            return known
        }
        // A fragment that spreads itself is a rule's finding.
        guard open.insert(name).inserted else { return Measure() }
        directives += fragment.directives.count
        let measure = try measure(fragment.selectionSet, level: level)
        open.remove(name)
        measured[name] = measure
        return measure
    }

    private mutating func measure(_ set: SelectionSet, level: Int) throws(GraphQLError) -> Measure {
        guard level <= limits.nesting else { throw tooDeep(set.location) }
        var total = Measure()
        for selection in set.selections {
            directives += selection.directives.count
            switch selection {
            case .field(let field):
                if field.alias != nil { aliases += 1 }
                var measure = Measure(depth: 0, nesting: 0, cost: 1)
                if let set = field.selectionSet {
                    measure = try self.measure(set, level: level + 1)
                    measure.cost = 2 + 1.5 * measure.cost
                }
                measure.depth += 1
                total.include(measure)
            case .inline(let inline):
                total.include(try measure(inline.selectionSet, level: level + 1))
            case .spread(let spread):
                guard let fragment = document.fragments[spread.name.text] else { continue }
                total.include(try measure(fragment, level: level + 1))
            }
        }
        total.nesting += 1
        return total
    }

    private func tooDeep(_ location: SourceLocation) -> GraphQLError {
        GraphQLError("Query is nested more than \(limits.nesting) levels deep.", locations: [location])
    }
}
