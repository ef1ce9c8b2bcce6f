/// What a resolver is asked: the caller's context and the field's arguments.
public struct FieldRequest<Context: Sendable>: Sendable {
    /// What the caller of the engine passed in.
    public let context: Context
    /// The arguments, coerced to their types and with defaults filled in. What was left out is absent; what was
    /// written as `null` is there as `.null`.
    public let arguments: JSONObject
    @usableFromInline let plan: FieldPlan

    @inlinable
    init(context: Context, input: FieldInput) {
        self.context = context
        arguments = input.arguments
        plan = input.plan
    }

    /// The field's name in the schema.
    public var fieldName: String { plan.definition.name }

    /// The name of the object type that the field belongs to.
    public var parentTypeName: String { plan.parent.name }

    /// Whether the request selects a field of this name below the field, on any type and at whatever alias: so that
    /// a resolver can spare what nobody asked for.
    public func selects(_ name: String) -> Bool { plan.selects(name) }
}
