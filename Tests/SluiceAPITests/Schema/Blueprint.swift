import SluiceGraphQL

@testable import SluiceAPI

/// The schema as introspection tells it: what a client can learn, not what the engine keeps.
struct Blueprint: Sendable {
    indirect enum Reference: Sendable, Equatable {
        case named(String)
        case list(Reference)
        case nonNull(Reference)

        var text: String {
            switch self {
            case .named(let name): name
            case .list(let item): "[\(item.text)]"
            case .nonNull(let type): "\(type.text)!"
            }
        }

        /// The named type inside.
        var name: String {
            switch self {
            case .named(let name): name
            case .list(let inner), .nonNull(let inner): inner.name
            }
        }
    }

    struct Input: Sendable {
        let name: String
        let description: String?
        let type: Reference
        let defaultValue: String?
        let deprecation: String?

        var text: String { "\(name): \(type.text)" + (defaultValue.map { " = \($0)" } ?? "") }
        var isRequired: Bool { if case .nonNull = type { defaultValue == nil } else { false } }
    }

    struct Field: Sendable {
        let name: String
        let description: String?
        let arguments: [Input]
        let type: Reference
        let deprecation: String?
    }

    struct Value: Sendable {
        let name: String
        let description: String?
        let deprecation: String?
    }

    struct Definition: Sendable {
        let kind: String
        let name: String
        let description: String?
        let fields: [Field]
        let inputs: [Input]
        let values: [Value]
        let interfaces: [String]
        /// What an interface or union can be.
        let possible: [String]
    }

    /// Without the types of introspection itself, and without those that every schema has.
    let definitions: [Definition]
    private let byName: [String: Definition]

    subscript(name: String) -> Definition? { byName[name] }

    struct Malformed: Error {}
}

// MARK: - Reading introspection

extension Blueprint {
    /// What is served.
    static func served() async throws -> Blueprint {
        let response = await (try StubAPI.engine()).execute(GraphQLRequest(query: query), context: StubAPI.bearer(nil))
        guard let types = try JSONParser().parse(response.body)["data"]?["__schema"]?["types"]?.array else { throw Malformed() }
        return try Blueprint(types)
    }

    private init(_ types: [JSONValue]) throws {
        definitions = try types.map(Definition.init).filter { !$0.name.hasPrefix("__") }
        byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    }

    private static let query = """
        {
          __schema {
            types {
              kind name description
              fields(includeDeprecated: true) {
                name description isDeprecated deprecationReason type { ...T }
                args(includeDeprecated: true) { ...I }
              }
              inputFields(includeDeprecated: true) { ...I }
              enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
              interfaces { name }
              possibleTypes { name }
            }
          }
        }
        fragment I on __InputValue { name description defaultValue isDeprecated deprecationReason type { ...T } }
        fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        """
}

extension JSONValue {
    fileprivate func text(_ name: String) throws -> String {
        guard let text = self[name]?.string else { throw Blueprint.Malformed() }
        return text
    }

    /// The elements of a member that may be null, as `fields` of a scalar are.
    fileprivate func list<Element>(_ name: String, _ read: (JSONValue) throws -> Element) throws -> [Element] {
        try (self[name]?.array ?? []).map(read)
    }

    /// The reason, if it is deprecated.
    fileprivate func deprecation() throws -> String? {
        guard self["isDeprecated"]?.bool == true else { return nil }
        return try text("deprecationReason")
    }
}

extension Blueprint.Reference {
    fileprivate init(_ json: JSONValue?) throws {
        guard let json else { throw Blueprint.Malformed() }
        switch try json.text("kind") {
        case "NON_NULL": self = .nonNull(try Self(json["ofType"]))
        case "LIST": self = .list(try Self(json["ofType"]))
        default: self = .named(try json.text("name"))
        }
    }
}

extension Blueprint.Input {
    fileprivate init(_ json: JSONValue) throws {
        name = try json.text("name")
        description = json["description"]?.string
        type = try Blueprint.Reference(json["type"])
        defaultValue = json["defaultValue"]?.string
        deprecation = try json.deprecation()
    }
}

extension Blueprint.Field {
    fileprivate init(_ json: JSONValue) throws {
        name = try json.text("name")
        description = json["description"]?.string
        arguments = try json.list("args", Blueprint.Input.init)
        type = try Blueprint.Reference(json["type"])
        deprecation = try json.deprecation()
    }
}

extension Blueprint.Value {
    fileprivate init(_ json: JSONValue) throws {
        name = try json.text("name")
        description = json["description"]?.string
        deprecation = try json.deprecation()
    }
}

extension Blueprint.Definition {
    fileprivate init(_ json: JSONValue) throws {
        kind = try json.text("kind")
        name = try json.text("name")
        description = json["description"]?.string
        fields = try json.list("fields", Blueprint.Field.init)
        inputs = try json.list("inputFields", Blueprint.Input.init)
        values = try json.list("enumValues", Blueprint.Value.init)
        interfaces = try json.list("interfaces") { try $0.text("name") }
        possible = try json.list("possibleTypes") { try $0.text("name") }
    }
}
