import Yams

/// One value of a fixture and where it stands. Reading it says at once what is wrong.
struct FixtureNode {
    private let node: Node
    let place: FixturePlace

    /// Reads a whole text.
    /// - Throws: `Failure` for what is no YAML, or several documents of it.
    init(yaml: String, file: String) throws {
        let whole = FixturePlace(path: "", line: nil, file: file)
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                throw whole.failure("It is empty.", "`sluice sandbox --print-fixture` shows one.")
            }
            self.init(node, at: whole)
        } catch let error as YamlError {
            throw Self.failure(error, whole)
        }
    }

    private init(_ node: Node, at place: FixturePlace) {
        self.node = node
        self.place = place
    }

    // The library's own description quotes the file's lines, in which there are passwords.
    private static func failure(_ error: YamlError, _ whole: FixturePlace) -> Failure {
        func at(_ line: Int?) -> FixturePlace { FixturePlace(path: "", line: line, file: whole.file) }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return at(mark.line).failure("This is no YAML: \(problem).")
        case .reader(let problem, _, _, _): return whole.failure("This is no YAML: \(problem).")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.map { Printable.line($0) }.joined(separator: ", ")
            return at(context.mark.line).failure("A member is there twice: \(list).")
        default: return whole.failure("This is no YAML in UTF-8.")
        }
    }

    /// The text of a scalar, whatever type YAML would give it: a password of digits is a password.
    func text() throws -> String {
        guard case .scalar(let scalar) = node else { throw place.failure("A text is expected here.") }
        return scalar.string
    }

    /// The elements of a list.
    func elements() throws -> [FixtureNode] {
        guard case .sequence(let sequence) = node else {
            throw place.failure("A list is expected here.", "Write each element on a line of its own behind “- ”.")
        }
        guard sequence.count <= Fixture.limit else {
            throw place.failure("There are more than \(Fixture.limit) elements.")
        }
        return sequence.enumerated().map { FixtureNode($1, at: place.element($0, line: $1.mark?.line)) }
    }

    /// The members of a mapping, all of which must be known. Those without a value count as absent.
    /// - Parameter known: What may stand there.
    func members(_ known: [String]) throws -> [String: FixtureNode] {
        let list = "It may hold: \(known.joined(separator: ", "))."
        guard case .mapping(let mapping) = node else {
            throw place.failure("A mapping is expected here.", list)
        }
        var members: [String: FixtureNode] = [:]
        for (key, value) in mapping {
            guard case .scalar(let name) = key, known.contains(name.string) else {
                let name = if case .scalar(let scalar) = key { "“\(Printable.line(scalar.string))”" } else { "This" }
                throw place.at(line: key.mark?.line).failure("\(name) means nothing here.", list)
            }
            let node = FixtureNode(value, at: place.member(name.string, line: value.mark?.line))
            if !node.isNull { members[name.string] = node }
        }
        return members
    }

    /// The members of a mapping whose names are the writer's own, in their order.
    func pairs() throws -> [(name: String, value: FixtureNode)] {
        guard case .mapping(let mapping) = node else {
            throw place.failure("A mapping is expected here.", "Write “name: value”, each on a line of its own.")
        }
        guard mapping.count <= Fixture.limit else {
            throw place.failure("There are more than \(Fixture.limit) members.")
        }
        return try mapping.map { key, value in
            guard case .scalar(let name) = key else {
                throw place.at(line: key.mark?.line).failure("A name is expected here.")
            }
            return (name.string, FixtureNode(value, at: place.member(name.string, line: value.mark?.line)))
        }
    }

    /// Whether it is a text, and neither a list nor a mapping.
    var isText: Bool { if case .scalar = node { true } else { false } }

    /// Whether it is a list.
    var isList: Bool { if case .sequence = node { true } else { false } }

    private var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
