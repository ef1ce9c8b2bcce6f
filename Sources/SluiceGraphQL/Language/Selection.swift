/// - Source: GraphQL October 2021 §2.4.
final class SelectionSet: Sendable {
    let selections: [Selection]
    let location: SourceLocation

    init(selections: [Selection], location: SourceLocation) {
        self.selections = selections
        self.location = location
    }
}

/// One entry of a selection set.
enum Selection: Sendable {
    case field(Field)
    case spread(FragmentSpread)
    case inline(InlineFragment)

    var directives: [Directive] {
        switch self {
        case .field(let field): field.directives
        case .spread(let spread): spread.directives
        case .inline(let inline): inline.directives
        }
    }
}

/// - Source: §2.5.
final class Field: Sendable {
    let alias: Name?
    let name: Name
    let arguments: [Argument]
    let directives: [Directive]
    let selectionSet: SelectionSet?
    let location: SourceLocation

    init(
        alias: Name?, name: Name, arguments: [Argument], directives: [Directive], selectionSet: SelectionSet?,
        location: SourceLocation
    ) {
        self.alias = alias
        self.name = name
        self.arguments = arguments
        self.directives = directives
        self.selectionSet = selectionSet
        self.location = location
    }

    /// The name under which the result stands: the alias, else the field's own name.
    var responseKey: String { (alias ?? name).text }
}

/// - Source: §2.6.
struct Argument: Sendable {
    let name: Name
    let value: ValueNode
    let location: SourceLocation
}

/// - Source: §2.12.
struct Directive: Sendable {
    let name: Name
    let arguments: [Argument]
    let location: SourceLocation
}

/// - Source: §2.8.
final class FragmentSpread: Sendable {
    let name: Name
    let directives: [Directive]
    let location: SourceLocation

    init(name: Name, directives: [Directive], location: SourceLocation) {
        self.name = name
        self.directives = directives
        self.location = location
    }
}

/// - Source: §2.8.2.
final class InlineFragment: Sendable {
    let typeCondition: Name?
    let directives: [Directive]
    let selectionSet: SelectionSet
    let location: SourceLocation

    init(typeCondition: Name?, directives: [Directive], selectionSet: SelectionSet, location: SourceLocation) {
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.location = location
    }
}
