/// What a resolver gives for one field, before it is completed against the field's type.
public enum FieldValue: Sendable {
    /// Nothing, or nothing there.
    case null
    /// A value of a scalar or enum; also a whole tree, whose objects are then read by member name.
    case json(JSONValue)
    /// A value whose fields have resolvers of their own.
    case object(ObjectSource)
    /// A list of values.
    case list([FieldValue])
    /// An error in the value's place: so that one of a batch, or one element of a list, can fail without the others.
    /// Indirect, so that it is the rare failure that costs an allocation and not every value that has its size.
    indirect case failure(GraphQLError)

    /// An object from a Swift value.
    /// - Parameter type: Its GraphQL type; needed where the field's type is an interface or union.
    @inlinable
    public static func object(_ value: some Sendable, as type: String? = nil) -> FieldValue {
        .object(ObjectSource(value, type: type))
    }
}

extension FieldValue {
    /// The value as JSON, where it is nothing else: for a scalar that is a list or a tree.
    var json: JSONValue? {
        switch self {
        case .null: return .null
        case .json(let value): return value
        case .list(let items):
            let values = items.compactMap(\.json)
            return values.count == items.count ? .array(values) : nil
        case .object, .failure: return nil
        }
    }
}

/// The Swift value behind a GraphQL object, boxed once so that its fields read it without copying.
public struct ObjectSource: Sendable {
    /// A final class to look into: cheaper than an existential of the value itself, which each look would copy.
    @usableFromInline
    final class Box<Value: Sendable>: Sendable {
        @usableFromInline let value: Value

        @inlinable
        init(_ value: Value) { self.value = value }
    }

    @usableFromInline let box: any (AnyObject & Sendable)
    @usableFromInline let typeName: String?

    @inlinable
    init<Value: Sendable>(_ value: Value, type: String? = nil) {
        box = Box(value)
        typeName = type
    }

    /// The value, if it is of this Swift type.
    @inlinable
    func value<Value: Sendable>(as type: Value.Type) -> Value? { (box as? Box<Value>)?.value }
}

/// What can be given as a field's value.
public protocol FieldValueConvertible: Sendable {
    /// The value as the executor takes it.
    var fieldValue: FieldValue { get }
}

/// A Swift type whose values stand for objects of one GraphQL type; interfaces and unions know them by that name.
public protocol GraphQLObject: FieldValueConvertible {
    /// The name of the GraphQL type.
    static var graphQLType: String { get }
}

extension GraphQLObject {
    /// The object itself.
    @inlinable
    public var fieldValue: FieldValue { .object(ObjectSource(self, type: Self.graphQLType)) }
}

extension FieldValue: FieldValueConvertible {
    /// Itself.
    @inlinable
    public var fieldValue: FieldValue { self }
}

extension JSONValue: FieldValueConvertible {
    /// The value as it is.
    @inlinable
    public var fieldValue: FieldValue { isNull ? .null : .json(self) }
}

extension String: FieldValueConvertible {
    /// A string, ID or enum value.
    @inlinable
    public var fieldValue: FieldValue { .json(.string(self)) }
}

extension Bool: FieldValueConvertible {
    /// A truth value.
    @inlinable
    public var fieldValue: FieldValue { .json(.bool(self)) }
}

extension Int: FieldValueConvertible {
    /// A whole number.
    @inlinable
    public var fieldValue: FieldValue { .json(.int(self)) }
}

extension Double: FieldValueConvertible {
    /// A number.
    @inlinable
    public var fieldValue: FieldValue { .json(.double(self)) }
}

extension Optional: FieldValueConvertible where Wrapped: FieldValueConvertible {
    /// The value, or null.
    @inlinable
    public var fieldValue: FieldValue { self?.fieldValue ?? .null }
}

extension Array: FieldValueConvertible where Element: FieldValueConvertible {
    /// A list.
    @inlinable
    public var fieldValue: FieldValue { .list(map { $0.fieldValue }) }
}
