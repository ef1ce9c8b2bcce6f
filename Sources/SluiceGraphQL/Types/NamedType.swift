/// A type of a schema, by its kind.
/// - Source: GraphQL October 2021 §3.4.
public enum NamedType: Sendable {
    /// §3.5
    case scalar(ScalarType)
    /// §3.6
    case object(ObjectType)
    /// §3.7
    case interface(InterfaceType)
    /// §3.8
    case union(UnionType)
    /// §3.9
    case enumeration(EnumType)
    /// §3.10
    case input(InputObjectType)

    /// The type's name.
    public var name: String {
        switch self {
        case .scalar(let type): type.name
        case .object(let type): type.name
        case .interface(let type): type.name
        case .union(let type): type.name
        case .enumeration(let type): type.name
        case .input(let type): type.name
        }
    }

    var description: String? {
        switch self {
        case .scalar(let type): type.description
        case .object(let type): type.description
        case .interface(let type): type.description
        case .union(let type): type.description
        case .enumeration(let type): type.description
        case .input(let type): type.description
        }
    }

    /// Whether a value of it carries no selections.
    public var isLeaf: Bool {
        switch self {
        case .scalar, .enumeration: true
        case .object, .interface, .union, .input: false
        }
    }

    /// Whether a selection set can stand on it.
    public var isComposite: Bool {
        switch self {
        case .object, .interface, .union: true
        case .scalar, .enumeration, .input: false
        }
    }

    /// Whether its values are of some other, concrete type.
    public var isAbstract: Bool {
        switch self {
        case .interface, .union: true
        case .scalar, .object, .enumeration, .input: false
        }
    }

    /// Whether variables and arguments can have it.
    public var isInput: Bool {
        switch self {
        case .scalar, .enumeration, .input: true
        case .object, .interface, .union: false
        }
    }

    /// Its fields by name and order, if it is an object or an interface.
    var fields: FieldMap? {
        switch self {
        case .object(let type): type.fields
        case .interface(let type): type.fields
        case .scalar, .union, .enumeration, .input: nil
        }
    }

    var interfaces: [TypeID] {
        switch self {
        case .object(let type): type.interfaces
        case .interface(let type): type.interfaces
        case .scalar, .union, .enumeration, .input: []
        }
    }
}
