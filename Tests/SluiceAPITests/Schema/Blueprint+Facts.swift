extension Blueprint {
    /// Everything that a client can rely on, one line each, in the form of `Tests/Golden/API/schema.txt`.
    var facts: [String] { definitions.flatMap(facts(of:)) }

    private func facts(of definition: Definition) -> [String] {
        let name = definition.name
        func mark(_ deprecation: String?) -> String { deprecation == nil ? "" : " deprecated" }
        var lines: [String]
        switch definition.kind {
        case "INPUT_OBJECT": lines = ["input \(name)"]
        default: lines = ["\(definition.kind.lowercased()) \(name)"]
        }
        lines += definition.interfaces.map { "object \(name) implements \($0)" }
        if definition.kind == "UNION" { lines += definition.possible.map { "union \(name) = \($0)" } }
        lines += definition.values.map { "enum \(name).\($0.name)\(mark($0.deprecation))" }
        lines += definition.inputs.map { "\(name).\($0.text)\(mark($0.deprecation))" }
        for field in definition.fields {
            lines.append("\(name).\(field.name): \(field.type.text)\(mark(field.deprecation))")
            lines += field.arguments.map { "\(name).\(field.name)(\($0.text))\(mark($0.deprecation))" }
        }
        return lines
    }

    /// Which type a line is about.
    static func subject(of fact: String) -> Substring {
        let words = fact.split(separator: " ", maxSplits: 2)
        let isKind = ["scalar", "object", "interface", "union", "enum", "input"].contains(words.first)
        let name = isKind && words.count > 1 ? words[1] : words.first ?? ""
        return name.prefix { $0 != "." && $0 != ":" }
    }
}
