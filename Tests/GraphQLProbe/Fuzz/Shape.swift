import SluiceGraphQL

/// What a schema looks like from outside, read by introspection: enough to write documents that fit it.
struct Shape {
    struct Reference {
        let name: String
        /// `LIST` and `NON_NULL`, outermost first.
        let wrappers: [String]
        var isRequired: Bool { wrappers.first == "NON_NULL" }
        var text: String {
            wrappers.reversed().reduce(name) { $1 == "LIST" ? "[\($0)]" : "\($0)!" }
        }
    }

    struct Input {
        let name: String
        let type: Reference
        let hasDefault: Bool
    }

    final class Field {
        let name: String
        let type: Reference
        let arguments: [Input]

        init(name: String, type: Reference, arguments: [Input]) {
            self.name = name
            self.type = type
            self.arguments = arguments
        }
    }

    final class Described {
        let name: String
        let kind: String
        let fields: [Field]
        let inputs: [Input]
        let values: [String]
        let possible: [String]
        let isComposite: Bool

        init(
            name: String, kind: String, fields: [Field], inputs: [Input], values: [String], possible: [String]
        ) {
            self.name = name
            self.kind = kind
            self.fields = fields
            self.inputs = inputs
            self.values = values
            self.possible = possible
            isComposite = ["OBJECT", "INTERFACE", "UNION"].contains(kind)
        }
    }

    private(set) var types: [String: Described] = [:]
    let names: [String]
    let composites: [String]

    init(_ engine: GraphQLEngine<Void>) async {
        let response = await engine.execute(GraphQLRequest(query: Self.query), context: ())
        let types = (try? JSONParser().parse(response.body))?["data"]?["__schema"]?["types"]?.array ?? []
        for type in types {
            let name = type["name"]?.string ?? ""
            self.types[name] = Described(
                name: name, kind: type["kind"]?.string ?? "",
                fields: (type["fields"]?.array ?? []).map {
                    Field(name: $0["name"]?.string ?? "", type: Self.reference($0["type"]), arguments: Self.inputs($0["args"]))
                },
                inputs: Self.inputs(type["inputFields"]),
                values: (type["enumValues"]?.array ?? []).compactMap { $0["name"]?.string },
                possible: (type["possibleTypes"]?.array ?? []).compactMap { $0["name"]?.string })
        }
        composites = self.types.values.filter(\.isComposite).map(\.name).sorted()
        names = Set(self.types.values.flatMap { [$0.name] + $0.fields.map(\.name) + $0.inputs.map(\.name) + $0.values }).sorted()
    }

    private static func inputs(_ value: JSONValue?) -> [Input] {
        (value?.array ?? []).map {
            Input(
                name: $0["name"]?.string ?? "", type: reference($0["type"]),
                hasDefault: $0["defaultValue"]?.string != nil)
        }
    }

    private static func reference(_ value: JSONValue?) -> Reference {
        var wrappers: [String] = []
        var value = value
        while let kind = value?["kind"]?.string, kind == "LIST" || kind == "NON_NULL" {
            wrappers.append(kind)
            value = value?["ofType"]
        }
        return Reference(name: value?["name"]?.string ?? "", wrappers: wrappers)
    }

    private static let query = """
        { __schema { types { name kind possibleTypes { name } enumValues(includeDeprecated: true) { name }
          fields(includeDeprecated: true) { name type { ...R } args(includeDeprecated: true) { name defaultValue type { ...R } } }
          inputFields(includeDeprecated: true) { name defaultValue type { ...R } } } } }
        fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
          kind name ofType { kind name ofType { kind name } } } } } } } }
        """
}
