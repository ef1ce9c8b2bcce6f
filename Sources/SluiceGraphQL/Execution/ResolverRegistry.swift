/// Collects resolvers, scalars and checks for a schema, typed by the context that every request brings.
///
/// ```swift
/// var resolvers = ResolverRegistry(context: Caller.self)
/// resolvers.resolveAsync("Query", "account") { try await accounts.find($0.context.accountID) }
/// resolvers.object(Account.self, "Account") { account in
///     account.field("id") { $0.id }
/// }
/// ```
public struct ResolverRegistry<Context: Sendable>: Sendable {
    @usableFromInline var resolvers: [String: FieldResolver] = [:]
    private(set) var scalars: [String: ScalarCoercion] = [:]
    private var checks: [@Sendable (_ type: String, _ field: String) -> (@Sendable (Context) -> GraphQLError?)?] = []

    /// An empty registry for this type of context.
    public init(context: Context.Type = Context.self) {}

    /// Resolves a field, of a root type as a rule, without waiting.
    @inlinable
    public mutating func resolve<Value: FieldValueConvertible>(
        _ type: String, _ field: String, _ resolver: @escaping @Sendable (FieldRequest<Context>) throws -> Value
    ) {
        resolvers["\(type).\(field)"] = .sync { try resolver(try Self.request($0)).fieldValue }
    }

    /// Resolves a field, of a root type as a rule. Sibling fields of a query run at the same time.
    @inlinable
    public mutating func resolveAsync<Value: FieldValueConvertible>(
        _ type: String, _ field: String, _ resolver: @escaping @Sendable (FieldRequest<Context>) async throws -> Value
    ) {
        resolvers["\(type).\(field)"] = .async { try await resolver(try Self.request($0)).fieldValue }
    }

    /// Resolves the fields of an object type from values of one Swift type.
    public mutating func object<Source: Sendable>(
        _ source: Source.Type, _ type: String, _ build: (inout ObjectResolvers<Context, Source>) -> Void
    ) {
        var fields = ObjectResolvers<Context, Source>(type: type)
        build(&fields)
        resolvers.merge(fields.resolvers) { _, new in new }
    }

    /// Resolves the fields of the object type that `source` stands for.
    public mutating func object<Source: GraphQLObject>(
        _ source: Source.Type, _ build: (inout ObjectResolvers<Context, Source>) -> Void
    ) {
        object(source, source.graphQLType, build)
    }

    /// Says how a custom scalar is read and written.
    public mutating func scalar(_ name: String, _ coercion: ScalarCoercion) { scalars[name] = coercion }

    /// Attaches checks to fields. `check` is asked once for each field of each object type when the schema is built;
    /// what it returns runs before that field's resolver, and an error it gives takes the field's place, by the same
    /// rules of null as any error of a field. Fields for which it returns `nil` cost nothing.
    public mutating func checkFields(
        _ check: @escaping @Sendable (_ type: String, _ field: String) -> (@Sendable (Context) -> GraphQLError?)?
    ) {
        checks.append(check)
    }

    func check(type: String, field: String) -> FieldCheck? {
        let checks = checks.compactMap { $0(type, field) }
        guard !checks.isEmpty else { return nil }
        return { box in
            guard let context = box.value(as: Context.self) else { return GraphQLError(mismatch: Context.self) }
            for check in checks {
                if let error = check(context) { return error }
            }
            return nil
        }
    }

    @inlinable
    static func request(_ input: FieldInput) throws -> FieldRequest<Context> {
        guard let context = input.context.value(as: Context.self) else { throw GraphQLError(mismatch: Context.self) }
        return FieldRequest(context: context, input: input)
    }
}

/// The resolvers of one object type over one Swift type.
public struct ObjectResolvers<Context: Sendable, Source: Sendable> {
    @usableFromInline let type: String
    @usableFromInline var resolvers: [String: FieldResolver] = [:]

    init(type: String) { self.type = type }

    /// A field that is read off the value: the cheapest there is.
    @inlinable
    public mutating func field<Value: FieldValueConvertible>(
        _ name: String, _ read: @escaping @Sendable (Source) throws -> Value
    ) {
        resolvers["\(type).\(name)"] = .sync { try read(try Self.source($0.source)).fieldValue }
    }

    /// A field that also needs arguments or context.
    @inlinable
    public mutating func field<Value: FieldValueConvertible>(
        _ name: String, with read: @escaping @Sendable (Source, FieldRequest<Context>) throws -> Value
    ) {
        resolvers["\(type).\(name)"] = .sync {
            try read(try Self.source($0.source), try ResolverRegistry<Context>.request($0)).fieldValue
        }
    }

    /// A field that waits for something.
    @inlinable
    public mutating func asyncField<Value: FieldValueConvertible>(
        _ name: String, _ read: @escaping @Sendable (Source, FieldRequest<Context>) async throws -> Value
    ) {
        resolvers["\(type).\(name)"] = .async {
            try await read(try Self.source($0.source), try ResolverRegistry<Context>.request($0)).fieldValue
        }
    }

    /// A field that is loaded once for all objects of a level: one value for each source, in their order.
    @inlinable
    public mutating func batchField<Value: FieldValueConvertible>(
        _ name: String, _ load: @escaping @Sendable ([Source], FieldRequest<Context>) async throws -> [Value]
    ) {
        resolvers["\(type).\(name)"] = .batch { sources, input in
            let values = try sources.map { try Self.source($0) }
            return try await load(values, try ResolverRegistry<Context>.request(input)).map { $0.fieldValue }
        }
    }

    @inlinable
    static func source(_ source: ObjectSource) throws -> Source {
        guard let value = source.value(as: Source.self) else { throw GraphQLError(mismatch: Source.self) }
        return value
    }
}

extension GraphQLError {
    /// A fault of the program, not of the request: a resolver met a value of another type than it was registered for.
    @usableFromInline
    init(mismatch type: Any.Type) { self.init("A resolver expected a value of type \(type).") }
}
