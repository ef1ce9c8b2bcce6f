/// Walks a document once and shows every node, with the types at that place, to all rules.
/// - Source: GraphQL October 2021 §5.
struct Validator {
    /// In the order in which graphql-js reports.
    private static let ruleTypes: [ValidationRule.Type] = [
        ExecutableDefinitionsRule.self,
        UniqueOperationNamesRule.self,
        LoneAnonymousOperationRule.self,
        SingleFieldSubscriptionsRule.self,
        KnownTypeNamesRule.self,
        FragmentsOnCompositeTypesRule.self,
        VariablesAreInputTypesRule.self,
        ScalarLeafsRule.self,
        FieldsOnCorrectTypeRule.self,
        UniqueFragmentNamesRule.self,
        KnownFragmentNamesRule.self,
        NoUnusedFragmentsRule.self,
        PossibleFragmentSpreadsRule.self,
        NoFragmentCyclesRule.self,
        UniqueVariableNamesRule.self,
        NoUndefinedVariablesRule.self,
        NoUnusedVariablesRule.self,
        KnownDirectivesRule.self,
        UniqueDirectivesPerLocationRule.self,
        KnownArgumentNamesRule.self,
        UniqueArgumentNamesRule.self,
        ValuesOfCorrectTypeRule.self,
        ProvidedRequiredArgumentsRule.self,
        VariablesInAllowedPositionRule.self,
        OverlappingFieldsCanBeMergedRule.self,
        UniqueInputFieldNamesRule.self,
        MaxIntrospectionDepthRule.self,
    ]

    private let schema: GraphQLSchema
    private let document: Document
    private let rules: [ValidationRule]

    /// What is wrong with a document, in graphql-js's words; empty if nothing is.
    static func validate(_ document: Document, against schema: GraphQLSchema, limits: GraphQLLimits)
        -> [ValidationFinding]
    {
        var limitCheck = LimitCheck(document: document, limits: limits)
        do {
            try limitCheck.run()
        } catch {
            return [ValidationFinding(rule: "Limit", error: error)]
        }
        let context = ValidationContext(schema: schema, document: document, limits: limits)
        Validator(context, [UsageCollector(context)]).walk()
        Validator(context, ruleTypes.map { $0.init(context) }).walk()
        return context.findings
    }

    private let context: ValidationContext

    private init(_ context: ValidationContext, _ rules: [ValidationRule]) {
        self.context = context
        self.rules = rules
        schema = context.schema
        document = context.document
    }

    /// Shows something to every rule, until there are more findings than anybody wants.
    private func each(_ body: (ValidationRule) -> Void) {
        guard !context.isFull else { return }
        for rule in rules { body(rule) }
    }

    private func walk() {
        each { $0.enter(document) }
        for definition in document.definitions {
            switch definition {
            case .operation(let operation): walk(operation)
            case .fragment(let fragment): walk(fragment)
            case .schema, .type, .directive: break
            }
        }
        each { $0.leave(document) }
    }

    private func walk(_ operation: OperationDefinition) {
        each { $0.enter(operation) }
        for variable in operation.variables {
            each { $0.enter(variable) }
            each { $0.enter(typeName: variable.type.name) }
            if let value = variable.defaultValue {
                let type = schema.reference(variable.type)
                walk(value, type.flatMap { schema[$0].isInput ? $0 : nil })
            }
            walk(variable.directives, at: .variableDefinition)
        }
        let place: DirectiveLocation =
            switch operation.kind {
            case .query: .query
            case .mutation: .mutation
            case .subscription: .subscription
            }
        walk(operation.directives, at: place)
        walk(operation.selectionSet, parent: schema.root(for: operation.kind)?.id)
        each { $0.leave(operation) }
    }

    private func walk(_ fragment: FragmentDefinition) {
        each { $0.enter(fragment) }
        each { $0.enter(typeName: fragment.typeCondition) }
        walk(fragment.directives, at: .fragmentDefinition)
        walk(fragment.selectionSet, parent: composite(schema.id(named: fragment.typeCondition.text)))
    }

    private func walk(_ set: SelectionSet, parent: TypeID?, isInline: Bool = false) {
        if !isInline { each { $0.enter(set, parent: parent) } }
        for selection in set.selections where !context.isFull {
            switch selection {
            case .field(let field): walk(field, parent: parent)
            case .spread(let spread):
                each { $0.enter(spread, parent: parent) }
                walk(spread.directives, at: .fragmentSpread)
            case .inline(let inline):
                let type = inline.typeCondition.map { schema.id(named: $0.text) } ?? parent
                each { $0.enter(inline, type: type, parent: parent) }
                if let condition = inline.typeCondition { each { $0.enter(typeName: condition) } }
                walk(inline.directives, at: .inlineFragment)
                walk(inline.selectionSet, parent: composite(type), isInline: true)
            }
        }
    }

    private func walk(_ field: Field, parent: TypeID?) {
        let definition = parent.flatMap { schema.field(field.name.text, of: $0) }
        each { $0.enter(field, definition: definition, parent: parent) }
        var owner: ValidationRule.ArgumentOwner?
        if let definition, let parent { owner = .field(field, definition, parent: parent) }
        walk(field.arguments, owner: owner)
        walk(field.directives, at: .field)
        if let set = field.selectionSet { walk(set, parent: composite(definition?.type.named)) }
        each { $0.leave(field, definition: definition, parent: parent) }
    }

    private func walk(_ directives: [Directive], at place: DirectiveLocation) {
        guard !directives.isEmpty else { return }
        each { $0.enter(directives, at: place) }
        for directive in directives {
            let definition = schema.directive(named: directive.name.text)
            walk(directive.arguments, owner: definition.map { .directive(directive, $0) })
            each { $0.leave(directive, definition: definition) }
        }
    }

    private func walk(_ arguments: [Argument], owner: ValidationRule.ArgumentOwner?) {
        guard !arguments.isEmpty else { return }
        each { $0.enter(arguments, owner: owner) }
        for argument in arguments where !context.isFull {
            let definition = owner?.definitions.first { $0.name == argument.name.text }
            walk(argument.value, definition?.type, hasDefault: definition?.defaultValue != nil)
        }
    }

    private func walk(_ value: ValueNode, _ type: TypeReference?, hasDefault: Bool = false) {
        each { $0.enter(value, type: type) }
        walkNested(value, type, hasDefault: hasDefault, oneOf: nil)
    }

    private func walkNested(_ value: ValueNode, _ type: TypeReference?, hasDefault: Bool, oneOf: InputObjectType?) {
        switch value.kind {
        case .variable(let name):
            let usage = ValidationContext.VariableUsage(
                name: name, location: value.location, type: type, hasDefault: hasDefault, oneOf: oneOf)
            each { $0.enter(usage) }
        case .list(let items):
            let list = type?.nullable
            let item = list.map { $0.isList ? $0.unwrapped : $0 }
            for value in items { walkNested(value, item, hasDefault: false, oneOf: nil) }
        case .object(let fields):
            each { $0.enterObject(fields) }
            var input: InputObjectType?
            if let type, case .input(let object) = schema[type] { input = object }
            for field in fields {
                let definition = input?.field(field.name.text)
                walkNested(
                    field.value, definition?.type, hasDefault: definition?.defaultValue != nil,
                    oneOf: input?.isOneOf == true ? input : nil)
            }
        default:
            break
        }
    }

    /// Selections stand only on composite types; elsewhere nothing is known about them.
    private func composite(_ type: TypeID?) -> TypeID? { type.flatMap { schema[$0].isComposite ? $0 : nil } }
}
