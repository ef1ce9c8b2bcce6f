/// The members of a JSON object, in order. Small objects are the rule, so look-up walks them.
public struct JSONObject: Sendable, Hashable {
    /// The names, in order.
    public private(set) var names: [String]
    /// The values, in the order of ``names``.
    public private(set) var values: [JSONValue]

    /// An object without members.
    public init() {
        names = []
        values = []
    }

    /// An object of these members; of a repeated name the last value stays, at the first one's place.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        var index = MemberIndex()
        for (name, value) in members {
            if let place = index.place(of: name, in: names) { values[place] = value } else { append(name, value) }
        }
    }

    /// How many members there are.
    public var count: Int { names.count }

    /// Whether there are none.
    public var isEmpty: Bool { names.isEmpty }

    /// The value of a member; assigning `nil` removes it.
    public subscript(name: String) -> JSONValue? {
        get {
            guard let index = names.firstIndex(of: name) else { return nil }
            return values[index]
        }
        set {
            let index = names.firstIndex(of: name)
            switch (index, newValue) {
            case (let index?, let value?):
                values[index] = value
            case (let index?, nil):
                names.remove(at: index)
                values.remove(at: index)
            case (nil, let value?):
                append(name, value)
            case (nil, nil):
                break
            }
        }
    }

    /// Adds a member whose name is known to be new.
    mutating func append(_ name: String, _ value: JSONValue) {
        names.append(name)
        values.append(value)
    }

    mutating func reserve(_ capacity: Int) {
        names.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }
}

extension JSONObject: Sequence {
    /// The members, in order.
    public func makeIterator() -> some IteratorProtocol<(String, JSONValue)> {
        zip(names, values).makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { ($0.0, $0.1) })
    }
}
