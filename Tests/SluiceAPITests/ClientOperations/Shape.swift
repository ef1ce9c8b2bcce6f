import SluiceGraphQL

/// The shape that a client expects of a value: a type alone for a leaf, a type and fields for an object.
enum Shape {
    /// What is wrong with a value; empty if it has the shape.
    static func faults(of value: JSONValue?, against shape: JSONValue, at path: String) -> [String] {
        let type = shape["type"]?.string ?? shape.string ?? ""
        return faults(of: value ?? .null, type: type[...], fields: shape["fields"], at: path)
    }

    private static func faults(of value: JSONValue, type: Substring, fields: JSONValue?, at path: String) -> [String] {
        if type.last == "!" {
            return value.isNull ? ["\(path) is null"] : faults(of: value, type: type.dropLast(), fields: fields, at: path)
        }
        guard !value.isNull else { return [] }
        if type.first == "[" {
            guard let items = value.array else { return ["\(path) is no list"] }
            return items.enumerated().flatMap { index, item in
                faults(of: item, type: type.dropFirst().dropLast(), fields: fields, at: "\(path).\(index)")
            }
        }
        if let fields = fields?.object { return faults(of: value, fields: fields, at: path) }
        return isLeaf(value, of: type) ? [] : ["\(path) is no \(type): \(value)"]
    }

    private static func faults(of value: JSONValue, fields: JSONObject, at path: String) -> [String] {
        guard let object = value.object else { return ["\(path) is no object"] }
        let own = JSONObject(fields.filter { !$0.0.hasPrefix("...") })
        let fragments = fields.filter { $0.0.hasPrefix("...") }.map { $0.1.object ?? [:] }
        var faults: [String] = []
        func check(_ shapes: JSONObject, isNeeded: Bool) {
            for (name, shape) in shapes {
                if let member = object[name] {
                    faults += Self.faults(of: member, against: shape, at: "\(path).\(name)")
                } else if isNeeded {
                    faults.append("\(path).\(name) is missing")
                }
            }
        }
        check(own, isNeeded: true)
        for fragment in fragments { check(fragment, isNeeded: false) }
        // A value is of one type, whose fields are then all there.
        if !fragments.isEmpty, !fragments.contains(where: { $0.names.allSatisfy { object[$0] != nil } }) {
            faults.append("\(path) has the fields of no fragment: \(value)")
        }
        let known = Set(own.names + fragments.flatMap(\.names))
        return faults + object.names.filter { !known.contains($0) }.map { "\(path).\($0) was not asked for" }
    }

    private static func isLeaf(_ value: JSONValue, of type: Substring) -> Bool {
        switch type {
        case "Int": value.int != nil
        case "Float": value.double != nil
        case "Boolean": value.bool != nil
        case "DateTime": value.string?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
        case "AccountId", "ChannelId", "OrganizationId", "PostId", "TagId", "NoteId":
            value.string?.wholeMatch(of: /[0-9a-f]{24}/) != nil
        default: value.string != nil
        }
    }
}
