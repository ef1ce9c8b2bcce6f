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
        /// The fragments that are spread, by their number, each once.
        private(set) var fragments: [Int] = []
        private var spread: Set<Int> = []
        let number: Int

        init(number: Int) { self.number = number }

        func append(fragment: Int) {
            if spread.insert(fragment).inserted { fragments.append(fragment) }
        }
    }

    private struct Conflict {
        let key: String
        let reason: String
        let first: [Field]
        let second: [Field]
    }

    /// Arguments as texts that are equal where the values are.
    private struct WrittenArguments {
        let inOrder: [(name: String, value: String)]
        let byName: [String: String]
    }

    /// Two fragments in either order, or a collection of fields and a fragment.
    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    private static let longestReason = 1_000
    private static let mostNodes = 20
    /// How deep comparisons may nest. ``LimitCheck`` bounds what fragments without a cycle can reach; a document whose
    /// fragments are cyclic is refused anyway, only not at the end of the stack.
    private static let deepest = 300

    private var cache: [ObjectIdentifier: Collected] = [:]
    private var arguments: [ObjectIdentifier: WrittenArguments] = [:]
    /// Pairs of fragments that were compared; the value says whether only as mutually exclusive ones.
    private var comparedFragments: [Pair: Bool] = [:]
    private var comparedWithFragment: [Pair: Bool] = [:]
    /// Fragments get numbers when they are met: there may be many more pairs of them than names.
    private var numbers: [String: Int] = [:]
    private var fragments: [FragmentDefinition?] = []
    private(set) var comparisons = 0
    private var depth = 0
    private var isExhausted = false

    override func enter(_ set: SelectionSet, parent: TypeID?) {
        guard !isExhausted, set.selections.count > 1 || set.startsInline else { return }
        for conflict in conflicts(within: set, parent) {
            report(
                "Fields \"\(conflict.key)\" conflict because \(conflict.reason). Use different aliases on the fields to fetch both if this was intentional.",
                at: (conflict.first + conflict.second).map(\.location))
        }
        if isExhausted { report("Query has too many fields of the same name to compare.", set.location) }
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
                    if isEnough(conflicts) { return conflicts }
                }
            }
        }
        for (index, fragment) in collected.fragments.enumerated() {
            compare(collected, with: fragment, isExclusive: false, &conflicts)
            for other in collected.fragments[(index + 1)...] {
                if isEnough(conflicts) { return conflicts }
                compare(fragment, with: other, isExclusive: false, &conflicts)
            }
        }
        return conflicts
    }

    /// Whether no more conflicts need be found: one more than are reported says that there are too many.
    private func isEnough(_ conflicts: [Conflict]) -> Bool {
        isExhausted || conflicts.count > context.limits.validationErrors
    }

    // MARK: - Pairs of selections

    private func compare(
        _ collected: Collected, with number: Int, isExclusive: Bool, _ conflicts: inout [Conflict]
    ) {
        guard !isEnough(conflicts), spend(), !collected.keys.isEmpty else { return }
        depth += 1
        defer { depth -= 1 }
        let key = Pair(first: collected.number, second: number)
        if let known = comparedWithFragment[key], !known || isExclusive { return }
        comparedWithFragment[key] = isExclusive
        guard let fragment = fragments[number] else { return }
        let other = collect(fragment)
        guard other !== collected else { return }
        compare(collected, other, isExclusive: isExclusive, &conflicts)
        for nested in other.fragments { compare(collected, with: nested, isExclusive: isExclusive, &conflicts) }
    }

    private func compare(_ first: Int, with second: Int, isExclusive: Bool, _ conflicts: inout [Conflict]) {
        guard !isEnough(conflicts), spend(), first != second else { return }
        depth += 1
        defer { depth -= 1 }
        let pair = Pair(first: min(first, second), second: max(first, second))
        if let known = comparedFragments[pair], !known || isExclusive { return }
        comparedFragments[pair] = isExclusive
        guard let one = fragments[first], let two = fragments[second] else { return }
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
                    if isEnough(conflicts) { return }
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
            for two in b.fragments {
                if isEnough(conflicts) { return conflicts }
                compare(one, with: two, isExclusive: isExclusive, &conflicts)
            }
        }
        return conflicts
    }

    // MARK: - Pairs of fields

    /// Counts a comparison, also one that was made before: there may be more pairs than a document has nodes.
    private func spend() -> Bool {
        comparisons += 1
        if comparisons > context.limits.fieldComparisons || depth > Self.deepest { isExhausted = true }
        return !isExhausted
    }

    private func conflict(_ key: String, _ first: Entry, _ second: Entry, isExclusive: Bool) -> Conflict? {
        guard spend() else { return nil }
        depth += 1
        defer { depth -= 1 }
        // On two different objects never both are selected, so only the shape of the answer has to agree.
        let isExclusive = isExclusive || areDifferentObjects(first.parent, second.parent)
        let (one, two) = (first.node, second.node)
        func conflict(_ reason: String) -> Conflict {
            Conflict(key: key, reason: reason, first: [one], second: [two])
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
            key: key, reason: reason(nested), first: nodes(one, nested.map(\.first)),
            second: nodes(two, nested.map(\.second)))
    }

    /// Why fields conflict whose subfields do; cut where it is long, or conflicts within conflicts would multiply it.
    private func reason(_ nested: [Conflict]) -> String {
        var text = ""
        for conflict in nested where text.utf8.count <= Self.longestReason {
            text += text.isEmpty ? "" : " and "
            text += "subfields \"\(conflict.key)\" conflict because \(conflict.reason)"
        }
        return text.cut(toBytes: Self.longestReason)
    }

    /// A field and those below it that are to blame; of too many, the first lists and the deepest fields.
    private func nodes(_ field: Field, _ nested: [[Field]]) -> [Field] {
        var nodes = [field]
        for fields in nested where nodes.count < Self.mostNodes { nodes += fields.suffix(Self.mostNodes - nodes.count) }
        return nodes
    }

    private func areDifferentObjects(_ first: TypeID?, _ second: TypeID?) -> Bool {
        guard let first, let second, first != second, case .object = schema[first], case .object = schema[second] else {
            return false
        }
        return true
    }

    private func haveSameArguments(_ first: Field, _ second: Field) -> Bool {
        guard first.arguments.count == second.arguments.count else { return false }
        if first.arguments.isEmpty { return true }
        let (ones, others) = (written(first.arguments, of: first), written(second.arguments, of: second))
        // By their bytes: as strings, values that differ in Unicode normalization are equal.
        return ones.inOrder.allSatisfy { others.byName[$0.name]?.utf8.elementsEqual($0.value.utf8) == true }
    }

    /// The arguments of a field, their values as texts. A field may be compared many times.
    private func written(_ nodes: [Argument], of field: Field) -> WrittenArguments {
        if let known = arguments[ObjectIdentifier(field)] { return known }
        let inOrder = nodes.map { (name: $0.name.text, value: $0.value.canonical) }
        let byName = Dictionary(inOrder.map { ($0.name, $0.value) }) { _, last in last }
        let written = WrittenArguments(inOrder: inOrder, byName: byName)
        arguments[ObjectIdentifier(field)] = written
        return written
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
        let collected = Collected(number: cache.count)
        gather(set, parent, into: collected)
        cache[ObjectIdentifier(set)] = collected
        return collected
    }

    private func number(of fragment: String) -> Int {
        if let known = numbers[fragment] { return known }
        let number = fragments.count
        numbers[fragment] = number
        fragments.append(context.document.fragments[fragment])
        return number
    }

    private func gather(_ set: SelectionSet, _ parent: TypeID?, into collected: Collected) {
        for selection in set.selections {
            switch selection {
            case .field(let field):
                // Not the meta fields: graphql-js lets `__typename` share its key with any field of another object.
                let definition = parent.flatMap { schema[$0].fields?[field.name.text] }
                if collected.fields[field.responseKey] == nil { collected.keys.append(field.responseKey) }
                collected.fields[field.responseKey, default: []].append(
                    Entry(parent: parent, node: field, definition: definition))
            case .spread(let spread):
                collected.append(fragment: number(of: spread.name.text))
            case .inline(let inline):
                let type = inline.typeCondition.map { schema.id(named: $0.text) } ?? parent
                gather(inline.selectionSet, type, into: collected)
            }
        }
    }
}

extension SelectionSet {
    fileprivate var startsInline: Bool { if case .inline? = selections.first { true } else { false } }
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
