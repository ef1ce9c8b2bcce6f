/// The result of an execution while it grows: all nodes in one array, each knowing its parent, so that a late value
/// finds its place, an error finds its path, and null climbs, without an allocation for each field.
struct ResponseTree {
    enum State {
        case pending
        case null
        case leaf(JSONValue)
        /// The children are as many as the plan has fields, in its order.
        case object(SelectionPlan, first: Int)
        case list(first: Int, count: Int)
    }

    private struct Node {
        let parent: Int
        /// Which child of its parent it is.
        let position: Int
        let isNullable: Bool
        var state: State
    }

    private var nodes: [Node] = [Node(parent: -1, position: 0, isNullable: true, state: .pending)]

    static let root = 0

    init() { nodes.reserveCapacity(16) }

    /// Makes a node an object and gives its first child; the others follow it.
    mutating func becomeObject(_ node: Int, _ plan: SelectionPlan) -> Int {
        let first = nodes.count
        for (position, field) in plan.fields.enumerated() {
            nodes.append(
                Node(parent: node, position: position, isNullable: !field.definition.type.isNonNull, state: .pending))
        }
        nodes[node].state = .object(plan, first: first)
        return first
    }

    /// Makes a node a list and gives its first element; the others follow it.
    mutating func becomeList(_ node: Int, count: Int, isNullable: Bool) -> Int {
        let first = nodes.count
        nodes.reserveCapacity(first + count)
        for position in 0..<count {
            nodes.append(Node(parent: node, position: position, isNullable: isNullable, state: .pending))
        }
        nodes[node].state = .list(first: first, count: count)
        return first
    }

    mutating func set(_ node: Int, _ value: JSONValue) { nodes[node].state = .leaf(value) }

    mutating func setNull(_ node: Int) { nodes[node].state = .null }

    /// Puts null at the node, or at the nearest node above that may be null.
    /// - Returns: Where null came to stand. Parents stand before their children, so every node up to this number that
    ///   is above `node` is alive and every one from it on is gone.
    /// - Source: GraphQL October 2021 §6.4.4.
    mutating func nullify(_ node: Int) -> Int {
        var place = node
        while !nodes[place].isNullable, nodes[place].parent >= 0 { place = nodes[place].parent }
        nodes[place].state = .null
        return place
    }

    /// Whether null has already taken the place of something above.
    func isGone(_ node: Int) -> Bool {
        var place = nodes[node].parent
        while place >= 0 {
            if case .null = nodes[place].state { return true }
            place = nodes[place].parent
        }
        return false
    }

    /// The way from the root to a node. Source: §7.1.2.
    func path(of node: Int) -> [PathSegment] {
        var path: [PathSegment] = []
        var place = node
        while nodes[place].parent >= 0 {
            let position = nodes[place].position
            if case .object(let plan, _) = nodes[nodes[place].parent].state {
                path.append(.key(plan.fields[position].key))
            } else {
                path.append(.index(position))
            }
            place = nodes[place].parent
        }
        return path.reversed()
    }

    /// Writes the finished tree.
    func write(to writer: inout JSONWriter) { write(Self.root, to: &writer) }

    private func write(_ node: Int, to writer: inout JSONWriter) {
        switch nodes[node].state {
        case .pending, .null:
            writer.write(raw: "null")
        case .leaf(let value):
            writer.write(value)
        case .object(let plan, let first):
            writer.write(byte: UInt8(ascii: "{"))
            for index in plan.fields.indices {
                if index > 0 { writer.write(byte: UInt8(ascii: ",")) }
                writer.write(raw: plan.fields[index].encodedKey)
                write(first + index, to: &writer)
            }
            writer.write(byte: UInt8(ascii: "}"))
        case .list(let first, let count):
            writer.write(byte: UInt8(ascii: "["))
            for index in 0..<count {
                if index > 0 { writer.write(byte: UInt8(ascii: ",")) }
                write(first + index, to: &writer)
            }
            writer.write(byte: UInt8(ascii: "]"))
        }
    }
}
