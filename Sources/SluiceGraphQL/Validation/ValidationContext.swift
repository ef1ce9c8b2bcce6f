/// What the rules of one validation share: the schema, the document, what was found.
final class ValidationContext {
    let schema: GraphQLSchema
    let document: Document
    let limits: GraphQLLimits
    private(set) var errors: [GraphQLError] = []
    /// Set when no further error is of interest.
    private(set) var isFull = false
    /// What each operation and fragment uses, by identity; filled before the rules run.
    fileprivate(set) var usages: [ObjectIdentifier: Usages] = [:]

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

    func report(_ message: String, _ locations: SourceLocation...) { report(message, at: locations) }

    func report(_ message: String, at locations: [SourceLocation]) {
        guard !isFull else { return }
        errors.append(GraphQLError(message, locations: locations))
        if errors.count >= limits.validationErrors {
            errors.append(
                GraphQLError("Too many validation errors, error limit reached. Validation aborted."))
            isFull = true
        }
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

    /// Every use of a variable in an operation and the fragments it reaches.
    func variableUsages(in operation: OperationDefinition) -> [VariableUsage] {
        (usages[ObjectIdentifier(operation)]?.variables ?? [])
            + reachableFragments(from: operation).flatMap { usages[ObjectIdentifier($0)]?.variables ?? [] }
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
