import SluiceGraphQL

/// The engine over a schema whose data is whatever JSON a request brings: an object's fields are its members.
///
/// - A member that is an object with the one member `"!"` is a field that fails with that text.
/// - A field whose name begins with `echo` answers with its own arguments.
struct TestedEngine {
    /// How the resolvers of fields are called. The answer may not depend on it.
    enum Style: String, CaseIterable {
        case sync, async, batch
    }

    let engine: GraphQLEngine<Void>

    init(sdl: String, style: Style = .sync, limits: GraphQLLimits) throws(SchemaError) {
        var resolvers = Self.scalars(in: sdl)
        // The schema itself says which fields there are.
        let fields = try GraphQLEngine(sdl: sdl, resolvers: resolvers, limits: limits).schema.fieldsWithoutResolver
        for field in fields {
            let parts = field.split(separator: ".").map(String.init)
            let (type, name) = (parts[0], parts[1])
            switch style {
            case .sync:
                resolvers.object(JSONValue.self, type) { object in
                    object.field(
                        name,
                        with: { source, request in
                            if let message = source[name]?["!"]?.string { throw GraphQLError(message) }
                            return Self.value(name, of: source, request.arguments)
                        })
                }
            case .async:
                resolvers.object(JSONValue.self, type) { object in
                    object.asyncField(name) { source, request in
                        await Task.yield()
                        return Self.value(name, of: source, request.arguments)
                    }
                }
            case .batch:
                resolvers.object(JSONValue.self, type) { object in
                    object.batchField(name) { sources, request in
                        await Task.yield()
                        return sources.map { Self.value(name, of: $0, request.arguments) }
                    }
                }
            }
        }
        engine = try GraphQLEngine(sdl: sdl, resolvers: resolvers, limits: limits)
    }

    private static func value(_ name: String, of source: JSONValue, _ arguments: JSONObject) -> FieldValue {
        name.hasPrefix("echo") ? .json(.object(arguments)) : value(source[name] ?? .null)
    }

    private static func value(_ value: JSONValue) -> FieldValue {
        if let message = value["!"]?.string { return .failure(GraphQLError(message)) }
        if case .array(let items) = value { return .list(items.map { Self.value($0) }) }
        return value.fieldValue
    }

    /// `Even` takes even numbers only, `Word` words without blanks; other scalars take anything.
    private static func scalars(in sdl: String) -> ResolverRegistry<Void> {
        var resolvers = ResolverRegistry(context: Void.self)
        let even: @Sendable (JSONValue) throws -> JSONValue = { value in
            if case .int(let number) = value, number.isMultiple(of: 2) { return value }
            // Beyond 64 bits a whole number is a double.
            if case .double(let number) = value, number.remainder(dividingBy: 2) == 0 { return value }
            throw GraphQLError("Even cannot represent an odd value.")
        }
        let word: @Sendable (JSONValue) throws -> JSONValue = { value in
            if let text = value.string, !text.contains(" ") { return value }
            throw GraphQLError("Word cannot represent a value with blanks.")
        }
        for (name, coerce) in [("Even", even), ("Word", word)] where sdl.contains("scalar \(name)") {
            resolvers.scalar(name, ScalarCoercion(parse: coerce, serialize: coerce))
        }
        return resolvers
    }
}

extension GraphQLLimits {
    /// Limits so wide that a comparison with an engine that has none does not meet them.
    static var wide: GraphQLLimits {
        var limits = GraphQLLimits()
        limits.depth = 120
        limits.aliases = .max
        limits.directives = .max
        limits.complexity = .infinity
        limits.tokens = .max
        limits.documentLimitInBytes = 4 << 20
        limits.fieldComparisons = 1_000_000
        limits.fieldErrors = .max
        return limits
    }
}
