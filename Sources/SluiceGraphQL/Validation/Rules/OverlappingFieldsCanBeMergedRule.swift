/// Fields that share a response key can be merged: same field, same arguments, same shape.
/// - Source: GraphQL October 2021 §5.3.2.
final class OverlappingFieldsCanBeMergedRule: ValidationRule {
    private struct Entry {
        let parent: TypeID?
        let node: Field
        let definition: FieldDefinition?
    }

    /// The fields and fragments of one selection set, inline fragments dissolved.
    private final class Collected {
        var keys: [String] = []
        var fields: [String: [Entry]] = [:]
        var fragments: [String] = []
    }

    private struct Conflict {
        let key: String
        let reason: Reason
        let first: [Field]
        let second: [Field]
    }

    private indirect enum Reason {
        case message(String)
        case nested([(key: String, reason: Reason)])

        var text: String {
            switch self {
            case .message(let text): text
            case .nested(let reasons):
                reasons.map { "subfields \"\($0.key)\" conflict because \($0.reason.text)" }.joined(separator: " and ")
            }
        }
    }

    private struct Pair: Hashable {
        let first: String
        let second: String

        init(_ first: String, _ second: String) {
            (self.first, self.second) = first < second ? (first, second) : (second, first)
        }
    }

    private struct FieldsAndFragment: Hashable {
        let fields: ObjectIdentifier
        let fragment: String
    }

    private var cache: [ObjectIdentifier: Collected] = [:]
    /// Pairs of fragments that were compared; the value says whether only as mutually exclusive ones.
    private var comparedFragments: [Pair: Bool] = [:]
    private var comparedWithFragment: [FieldsAndFragment: Bool] = [:]
    private var comparisons = 0
    private var isExhausted = false

    override func enter(_ set: SelectionSet, parent: TypeID?) {
        guard !isExhausted else { return }
        for conflict in conflicts(within: set, parent) {
            context.report(
                "Fields \"\(conflict.key)\" conflict because \(conflict.reason.text). Use different aliases on the fields to fetch both if this was intentional.",
                at: (conflict.first + conflict.second).map(\.location))
        }
        if isExhausted { context.report("Query has too many fields of the same name to compare.", set.location) }
    }

    private func conflicts(within set: SelectionSet, _ parent: TypeID?) -> [Conflict] {
        var conflicts: [Conflict] = []
        let collected = collect(set, parent)
        for key in collected.keys {
            guard let entries = collected.fields[key], entries.count > 1 else { continue }
            for first in entries.indices {
                for second in entries.indices[(first + 1)...] {
                    if let conflict = conflict(key, entries[first], entries[second], isExclusive: false) {
                        conflicts.append(conflict)
                    }
                    if isExhausted { return conflicts }
                }
            }
        }
        for (index, fragment) in collected.fragments.enumerated() {
            compare(collected, with: fragment, isExclusive: false, &conflicts)
            for other in collected.fragments[(index + 1)...] {
                compare(fragment, with: other, isExclusive: false, &conflicts)
            }
        }
        return conflicts
    }

    // MARK: - Pairs of selections

    private func compare(
        _ collected: Collected, with name: String, isExclusive: Bool, _ conflicts: inout [Conflict]
    ) {
        let key = FieldsAndFragment(fields: ObjectIdentifier(collected), fragment: name)
        if let known = comparedWithFragment[key], !known || isExclusive { return }
        comparedWithFragment[key] = isExclusive
        guard let fragment = context.document.fragments[name], !isExhausted else { return }
        let other = collect(fragment)
        guard other !== collected else { return }
        compare(collected, other, isExclusive: isExclusive, &conflicts)
        for nested in other.fragments { compare(collected, with: nested, isExclusive: isExclusive, &conflicts) }
    }

    private func compare(_ first: String, with second: String, isExclusive: Bool, _ conflicts: inout [Conflict]) {
        guard first != second, !isExhausted else { return }
        let pair = Pair(first, second)
        if let known = comparedFragments[pair], !known || isExclusive { return }
        comparedFragments[pair] = isExclusive
        guard let one = context.document.fragments[first], let two = context.document.fragments[second] else { return }
        let (a, b) = (collect(one), collect(two))
        compare(a, b, isExclusive: isExclusive, &conflicts)
        for nested in b.fragments { compare(first, with: nested, isExclusive: isExclusive, &conflicts) }
        for nested in a.fragments { compare(nested, with: second, isExclusive: isExclusive, &conflicts) }
    }

    private func compare(_ first: Collected, _ second: Collected, isExclusive: Bool, _ conflicts: inout [Conflict]) {
        for key in first.keys {
            guard let ones = first.fields[key], let twos = second.fields[key] else { continue }
            for one in ones {
                for two in twos {
                    if let conflict = conflict(key, one, two, isExclusive: isExclusive) { conflicts.append(conflict) }
                    if isExhausted { return }
                }
            }
        }
    }

    private func conflicts(
        between first: SelectionSet, _ firstParent: TypeID?, and second: SelectionSet, _ secondParent: TypeID?,
        isExclusive: Bool
    ) -> [Conflict] {
        var conflicts: [Conflict] = []
        let (a, b) = (collect(first, firstParent), collect(second, secondParent))
        compare(a, b, isExclusive: isExclusive, &conflicts)
        for fragment in b.fragments { compare(a, with: fragment, isExclusive: isExclusive, &conflicts) }
        for fragment in a.fragments { compare(b, with: fragment, isExclusive: isExclusive, &conflicts) }
        for one in a.fragments {
            for two in b.fragments { compare(one, with: two, isExclusive: isExclusive, &conflicts) }
        }
        return conflicts
    }

    // MARK: - Pairs of fields

    private func conflict(_ key: String, _ first: Entry, _ second: Entry, isExclusive: Bool) -> Conflict? {
        comparisons += 1
        guard comparisons <= context.limits.fieldComparisons else {
            isExhausted = true
            return nil
        }
        // On two different objects never both are selected, so only the shape of the answer has to agree.
        let isExclusive = isExclusive || areDifferentObjects(first.parent, second.parent)
        let (one, two) = (first.node, second.node)
        func conflict(_ reason: String) -> Conflict {
            Conflict(key: key, reason: .message(reason), first: [one], second: [two])
        }
        if !isExclusive {
            if one.name.text != two.name.text {
                return conflict("\"\(one.name.text)\" and \"\(two.name.text)\" are different fields")
            }
            if !haveSameArguments(one, two) { return conflict("they have differing arguments") }
        }
        if let a = first.definition?.type, let b = second.definition?.type, haveDifferentShapes(a, b) {
            return conflict(
                "they return conflicting types \"\(schema.name(of: a))\" and \"\(schema.name(of: b))\"")
        }
        guard let setOne = one.selectionSet, let setTwo = two.selectionSet else { return nil }
        let nested = conflicts(
            between: setOne, composite(first.definition), and: setTwo, composite(second.definition),
            isExclusive: isExclusive)
        guard !nested.isEmpty else { return nil }
        return Conflict(
            key: key, reason: .nested(nested.map { ($0.key, $0.reason) }),
            first: [one] + nested.flatMap(\.first), second: [two] + nested.flatMap(\.second))
    }

    private func areDifferentObjects(_ first: TypeID?, _ second: TypeID?) -> Bool {
        guard let first, let second, first != second, case .object = schema[first], case .object = schema[second] else {
            return false
        }
        return true
    }

    private func haveSameArguments(_ first: Field, _ second: Field) -> Bool {
        guard first.arguments.count == second.arguments.count else { return false }
        return first.arguments.allSatisfy { argument in
            second.arguments.contains {
                $0.name.text == argument.name.text && $0.value.canonical == argument.value.canonical
            }
        }
    }

    private func haveDifferentShapes(_ first: TypeReference, _ second: TypeReference) -> Bool {
        if first.isList || second.isList {
            guard first.isList, second.isList else { return true }
            return haveDifferentShapes(first.unwrapped, second.unwrapped)
        }
        if first.isNonNull || second.isNonNull {
            guard first.isNonNull, second.isNonNull else { return true }
            return haveDifferentShapes(first.unwrapped, second.unwrapped)
        }
        return (schema[first].isLeaf || schema[second].isLeaf) && first != second
    }

    private func composite(_ definition: FieldDefinition?) -> TypeID? {
        definition.flatMap { schema[$0.type].isComposite ? $0.type.named : nil }
    }

    // MARK: - Collecting

    private func collect(_ fragment: FragmentDefinition) -> Collected {
        collect(fragment.selectionSet, schema.id(named: fragment.typeCondition.text))
    }

    private func collect(_ set: SelectionSet, _ parent: TypeID?) -> Collected {
        if let known = cache[ObjectIdentifier(set)] { return known }
        let collected = Collected()
        gather(set, parent, into: collected)
        cache[ObjectIdentifier(set)] = collected
        return collected
    }

    private func gather(_ set: SelectionSet, _ parent: TypeID?, into collected: Collected) {
        for selection in set.selections {
            switch selection {
            case .field(let field):
                let definition = parent.flatMap { schema.field(field.name.text, of: $0) }
                if collected.fields[field.responseKey] == nil { collected.keys.append(field.responseKey) }
                collected.fields[field.responseKey, default: []].append(
                    Entry(parent: parent, node: field, definition: definition))
            case .spread(let spread):
                if !collected.fragments.contains(spread.name.text) { collected.fragments.append(spread.name.text) }
            case .inline(let inline):
                let type = inline.typeCondition.map { schema.id(named: $0.text) } ?? parent
                gather(inline.selectionSet, type, into: collected)
            }
        }
    }
}

extension ValueNode {
    /// The value with the fields of objects in alphabetical order: equal texts are equal values.
    fileprivate var canonical: String {
        switch kind {
        case .list(let items): "[" + items.map(\.canonical).joined(separator: ", ") + "]"
        case .object(let fields):
            "{"
                + fields.sorted { $0.name.text < $1.name.text }.map { "\($0.name.text): \($0.value.canonical)" }
                .joined(separator: ", ") + "}"
        default: description
        }
    }
}
