/// Which type of its schema: an index into the schema's types, so that types may name each other in circles and the
/// schema still be immutable.
public struct TypeID: Sendable, Hashable {
    let index: Int
}

/// A type with the lists and non-nulls around it, in one machine word: comparing and unwrapping cost nothing.
/// - Source: GraphQL October 2021 §3.4.1.
public struct TypeReference: Sendable, Hashable {
    /// How many lists one type may hold: each takes at most four of 64 bits.
    static let maximumLists = 15

    /// The named type inside.
    public let named: TypeID
    /// Two bits for each wrapper, the outermost lowest.
    private let wrappers: UInt64

    private init(named: TypeID, wrappers: UInt64) {
        self.named = named
        self.wrappers = wrappers
    }

    /// The named type alone.
    init(_ named: TypeID) {
        self.init(named: named, wrappers: 0)
    }

    /// - Parameter wrappers: Innermost first.
    init(_ named: TypeID, wrappers: [TypeWrapper]) {
        self.init(named: named, wrappers: wrappers.reduce(0) { $0 << 2 | $1.rawValue })
    }

    /// Whether it ends in `!`.
    public var isNonNull: Bool { wrappers & 3 == TypeWrapper.nonNull.rawValue }

    /// Whether it is a list that may be null.
    public var isList: Bool { wrappers & 3 == TypeWrapper.list.rawValue }

    /// Whether nothing stands around the name.
    public var isNamed: Bool { wrappers == 0 }

    /// The type without its outermost wrapper.
    public var unwrapped: TypeReference { TypeReference(named: named, wrappers: wrappers >> 2) }

    /// The type without an outermost `!`.
    public var nullable: TypeReference { isNonNull ? unwrapped : self }

    /// The type with `!`.
    var nonNull: TypeReference {
        isNonNull ? self : TypeReference(named: named, wrappers: wrappers << 2 | TypeWrapper.nonNull.rawValue)
    }

    /// Innermost first.
    var wrapperList: [TypeWrapper] {
        var list: [TypeWrapper] = []
        var rest = wrappers
        while let wrapper = TypeWrapper(rawValue: rest & 3) {
            list.append(wrapper)
            rest >>= 2
        }
        return list.reversed()
    }
}
