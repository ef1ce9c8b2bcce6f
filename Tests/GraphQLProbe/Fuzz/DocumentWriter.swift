/// Writes documents that fit a schema, and now and then do not.
struct DocumentWriter {
    let shape: Shape
    private var random: SeededGenerator
    private var fieldsLeft = 0
    private var fragments: [String] = []
    private var variables: [(name: String, type: String)] = []
    private var aliases = 0

    init(shape: Shape, random: SeededGenerator) {
        self.shape = shape
        self.random = random
    }

    /// A document and the names of its variables.
    mutating func document() -> (text: String, variables: [String]) {
        var parts: [String] = []
        var names: [String] = []
        for number in 0..<random.pick([1, 1, 1, 1, 2, 4]) {
            fieldsLeft = random.pick([1, 3, 6, 20])
            variables = []
            let isMutation = random.chance(10)
            let body = selections(on: isMutation ? "Mutation" : "Query", depth: 0)
            let definitions = variables.map { "$\($0.name): \($0.type)" }.joined(separator: random.chance(50) ? " " : ", ")
            names += variables.map(\.name)
            let head = (isMutation ? "mutation" : "query") + " Q\(number)" + (definitions.isEmpty ? "" : "(\(definitions))")
            parts.append(head + directives() + body)
        }
        return ((parts + fragments).joined(separator: "\n"), names)
    }

    private mutating func selections(on name: String, depth: Int) -> String {
        guard let type = shape.types[name] else { return "{__typename}" }
        var items: [String] = []
        for _ in 0..<(depth > 8 || fieldsLeft < 0 ? 1 : random.pick([1, 2, 2, 3, 5])) {
            switch random.below(10) {
            case 0 where depth < 8:
                let condition = condition(for: type)
                items.append("...on \(condition)\(directives())" + selections(on: condition, depth: depth + 1))
            case 1 where depth < 8:
                let condition = condition(for: type)
                let fragment = "F\(fragments.count)"
                fragments.append("")
                let place = fragments.count - 1
                fragments[place] =
                    "fragment \(fragment) on \(condition)\(directives())" + selections(on: condition, depth: depth + 1)
                items.append("...\(random.chance(4) ? "F\(random.below(fragments.count))" : fragment)\(directives())")
            default: items.append(field(of: type, depth: depth))
            }
        }
        return "{" + items.joined(separator: random.pick([" ", ",", "\n"])) + "}"
    }

    private mutating func field(of type: Shape.Described, depth: Int) -> String {
        fieldsLeft -= 1
        var fields = type.fields
        if fieldsLeft < 0 || depth > 7 { fields = fields.filter { shape.types[$0.type.name]?.isComposite == false } }
        guard !fields.isEmpty, !random.chance(5) else { return "__typename" }
        let field = random.pick(fields)
        var text = random.chance(3) ? random.pick(shape.names) : field.name
        var arguments: [String] = []
        for argument in field.arguments where argument.type.isRequired && !argument.hasDefault || random.chance(25) {
            arguments.append("\(argument.name):\(value(argument.type, depth: 0))")
        }
        if !arguments.isEmpty || random.chance(10) {
            aliases += 1
            text = (random.chance(95) ? "a\(aliases):" : "x:") + text
        }
        if !arguments.isEmpty { text += "(" + arguments.joined(separator: ",") + ")" }
        text += directives()
        if shape.types[field.type.name]?.isComposite == true { text += selections(on: field.type.name, depth: depth + 1) }
        return text
    }

    private mutating func condition(for type: Shape.Described) -> String {
        if random.chance(2) { return random.pick(shape.composites) }
        return type.possible.isEmpty ? type.name : random.pick(type.possible + [type.name])
    }

    private mutating func directives() -> String {
        guard random.chance(5) else { return "" }
        if random.chance(75) { return random.pick(["@skip(if:false)", "@include(if:true)", "@tag(name:\"\")@tag(name:\"x\")"]) }
        return random.pick([
            "@skip(if:true)", "@include(if:true)", "@skip(if:$s)", "@tag(name:\"\")@tag(name:\"x\")", "@once", "@nothing",
            "@include(if:null)",
            "@skip", "@skip(if:false)@skip(if:true)", "@onVariable",
        ])
    }

    private mutating func value(_ type: Shape.Reference, depth: Int) -> String {
        if random.chance(15) {
            let name = random.chance(80) ? "v\(variables.count)" : "v0"
            if !variables.contains(where: { $0.name == name }) {
                variables.append((name, type.text + (random.chance(10) ? " = null" : "")))
            }
            return "$" + name
        }
        if random.chance(1) {
            return random.pick([
                "null", "[]", "{}", "1", "\"x\"", "true", "NOPE", "[[[1]]]", "{a:{a:{}}}", "1e999", "99999999999999999999",
            ])
        }
        if type.wrappers.contains("LIST"), random.chance(70), depth < 4 {
            let rest = Shape.Reference(name: type.name, wrappers: Array(type.wrappers.drop { $0 != "LIST" }.dropFirst()))
            return "[" + (0..<random.pick([0, 1, 2, 5])).map { _ in value(rest, depth: depth + 1) }.joined(separator: " ") + "]"
        }
        guard let named = shape.types[type.name] else { return "null" }
        if named.kind == "ENUM" { return random.pick(named.values) }
        if named.kind == "INPUT_OBJECT" {
            guard depth < 5 else { return "{}" }
            return "{"
                + named.inputs.filter { _ in random.chance(30) }.map { "\($0.name):\(value($0.type, depth: depth + 1))" }.joined(
                    separator: ",") + "}"
        }
        switch named.name {
        case "Int", "Float", "Even": return random.pick(["2", "0", "-4", "2147483646"])
        case "Boolean": return random.pick(["true", "false"])
        case "String", "ID", "Word": return random.pick(["\"a\"", "\"\\u00e9\"", "\"\"\"b\n c\"\"\"", "\"\""])
        default: return random.pick(["1", "2.5", "\"a\"", "{a:[1 {b:X}]}", "[null]", "true"])
        }
    }
}
