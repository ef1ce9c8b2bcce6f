/// What the rules of one validation share: the schema, the document, what was found.
final class ValidationContext {
    let schema: GraphQLSchema
    let document: Document
    let limits: GraphQLLimits
    private(set) var findings: [ValidationFinding] = []
    /// Set when no further error is of interest.
    private(set) var isFull = false
    /// What each operation and fragment uses, by identity; filled before the rules run.
    fileprivate(set) var usages: [ObjectIdentifier: Usages] = [:]
    /// Three rules ask for the same operation, one after the other.
    private var lastUsages: (operation: OperationDefinition, variables: [VariableUsage])?
    private var usagesSeen = 0

    /// A variable where it is used, with what its place expects.
    struct VariableUsage {
        let name: String
        let location: SourceLocation
        let type: TypeReference?
        let hasDefault: Bool
        /// The `@oneOf` input object whose field it fills.
        let oneOf: InputObjectType?
    }

    /// What an operation or fragment uses itself, without the fragments it spreads.
    struct Usages {
        var variables: [VariableUsage] = []
        var spreads: [FragmentSpread] = []
    }

    init(schema: GraphQLSchema, document: Document, limits: GraphQLLimits) {
        self.schema = schema
        self.document = document
        self.limits = limits
    }

    func report(_ finding: ValidationFinding) {
        guard !isFull else { return }
        guard findings.count < limits.validationErrors else {
            return refuse("Too many validation errors, error limit reached. Validation aborted.")
        }
        findings.append(finding)
    }

    /// The fragments that an operation reaches, each once.
    func reachableFragments(from operation: OperationDefinition) -> [FragmentDefinition] {
        var reached: [FragmentDefinition] = []
        var seen: Set<String> = []
        var open = [usages[ObjectIdentifier(operation)]?.spreads ?? []]
        while let spreads = open.popLast() {
            for spread in spreads where seen.insert(spread.name.text).inserted {
                guard let fragment = document.fragments[spread.name.text] else { continue }
                reached.append(fragment)
                open.append(usages[ObjectIdentifier(fragment)]?.spreads ?? [])
            }
        }
        return reached
    }

    /// Every use of a variable in an operation and the fragments it reaches. Many operations may reach the same fragments, so each
    /// fragment and each use is counted for every operation that reaches it; beyond the limit the document is refused.
    func variableUsages(in operation: OperationDefinition) -> [VariableUsage] {
        if let lastUsages, lastUsages.operation === operation { return lastUsages.variables }
        let fragments = reachableFragments(from: operation)
        let variables =
            (usages[ObjectIdentifier(operation)]?.variables ?? [])
            + fragments.flatMap { usages[ObjectIdentifier($0)]?.variables ?? [] }
        usagesSeen += variables.count + fragments.count
        guard usagesSeen <= limits.variableUsages else {
            if !isFull { refuse("Document has too many operations that share fragments.") }
            return []
        }
        lastUsages = (operation, variables)
        return variables
    }

    private func refuse(_ message: String) {
        findings.append(ValidationFinding(rule: "Limit", error: GraphQLError(message)))
        isFull = true
    }
}

/// Collects, before the rules run, what each definition uses.
final class UsageCollector: ValidationRule {
    private var current: ObjectIdentifier?

    override func enter(_ operation: OperationDefinition) { current = ObjectIdentifier(operation) }
    override func enter(_ fragment: FragmentDefinition) { current = ObjectIdentifier(fragment) }

    override func enter(_ spread: FragmentSpread, parent: TypeID?) {
        if let current { context.usages[current, default: .init()].spreads.append(spread) }
    }

    override func enter(_ usage: ValidationContext.VariableUsage) {
        if let current { context.usages[current, default: .init()].variables.append(usage) }
    }
}
