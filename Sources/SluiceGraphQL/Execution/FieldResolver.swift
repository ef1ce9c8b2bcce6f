/// How a field gets its value, with all types erased.
@usableFromInline
enum FieldResolver: Sendable {
    /// Runs in place: no task, no suspension.
    case sync(@Sendable (FieldInput) throws -> FieldValue)
    /// Runs beside its siblings.
    case async(@Sendable (FieldInput) async throws -> FieldValue)
    /// Runs once for all objects of a level that ask for the field with the same arguments.
    case batch(@Sendable ([ObjectSource], FieldInput) async throws -> [FieldValue])
    /// The member of that name, where the source is a JSON object.
    case member
    /// `__typename`
    case typename
}

/// All that a resolver can know.
@usableFromInline
struct FieldInput: Sendable {
    @usableFromInline let source: ObjectSource
    @usableFromInline let arguments: JSONObject
    @usableFromInline let context: ContextBox
    @usableFromInline let plan: FieldPlan

    var schema: GraphQLSchema { plan.schema }
}

/// The caller's context, boxed once for each request.
@usableFromInline
struct ContextBox: Sendable {
    @usableFromInline let box: any (AnyObject & Sendable)

    init<Context: Sendable>(_ context: Context) { box = ObjectSource.Box(context) }

    @inlinable
    func value<Context: Sendable>(as type: Context.Type) -> Context? { (box as? ObjectSource.Box<Context>)?.value }
}

/// Decides, before a field's resolver runs, whether it may; an error stands in the field's place.
typealias FieldCheck = @Sendable (ContextBox) -> GraphQLError?
