import Foundation
import SluiceGraphQL
import SluicePosting

/// A value of an input type. The engine has checked names and types and filled in defaults, so reading cannot fail; what was
/// written as `null` counts as left out, since that is what clients mean by it.
struct InputObject: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject = [:]) { self.members = members }

    /// The field's argument `input`.
    init(of request: FieldRequest<Caller>) { self.init(request.arguments["input"]?.object ?? [:]) }

    /// The names of what was given.
    var given: [String] { members.filter { !$0.1.isNull }.map(\.0) }

    /// A member that must be there; the empty text stands for one that the schema lets be left out.
    func text(_ name: String) -> String { string(name) ?? "" }
    func string(_ name: String) -> String? { members[name]?.string }
    func bool(_ name: String) -> Bool? { members[name]?.bool }
    func int(_ name: String) -> Int? { members[name]?.int }
    func double(_ name: String) -> Double? { members[name]?.double }
    func moment(_ name: String) -> Moment? { string(name).flatMap(Moment.init) }
    func date(_ name: String) -> Date? { moment(name)?.date }
    func object(_ name: String) -> InputObject? { members[name]?.object.map(InputObject.init) }

    /// An enum value.
    func value<Value: RawRepresentable<String>>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        string(name).flatMap(Value.init)
    }

    /// Enum values; each once.
    func values<Value: RawRepresentable<String> & Hashable>(_ name: String, as type: Value.Type = Value.self) -> [Value]? {
        members[name]?.array.map { $0.compactMap { $0.string.flatMap(Value.init) }.uniqued() }
    }

    /// An id; `nil` if it was left out.
    /// - Parameter what: What it names: `Channel`.
    /// - Throws: `PostingError.notFound` for an id that is none.
    func id<Kind>(_ name: String, of what: String) throws(PostingError) -> EntityID<Kind>? {
        guard let text = string(name) else { return nil }
        return try EntityID(text, named: what)
    }

    /// A list of objects.
    /// - Throws: `PostingError.invalid` for one with more than `limit` elements.
    func objects(_ name: String, atMost limit: Int) throws(PostingError) -> [InputObject]? {
        try list(name, atMost: limit)?.map { InputObject($0.object ?? [:]) }
    }

    /// A list of numbers.
    /// - Throws: `PostingError.invalid` for one with more than `limit` elements.
    func ints(_ name: String, atMost limit: Int) throws(PostingError) -> [Int]? {
        try list(name, atMost: limit)?.compactMap(\.int)
    }

    /// A list of ids; each once.
    /// - Parameter what: What they name: `Channel`.
    /// - Throws: `PostingError.invalid` for one with more than `limit` elements, `.notFound` for an id that is none.
    func ids<Kind>(_ name: String, of what: String, atMost limit: Int) throws(PostingError) -> [EntityID<Kind>]? {
        guard let list = try list(name, atMost: limit) else { return nil }
        var ids: [EntityID<Kind>] = []
        for element in list { ids.append(try EntityID(element.string ?? "", named: what)) }
        return ids.uniqued()
    }

    private func list(_ name: String, atMost limit: Int) throws(PostingError) -> [JSONValue]? {
        guard let list = members[name]?.array else { return nil }
        guard list.count <= limit else { throw .invalid(["`\(name)` may have at most \(limit) elements"]) }
        return list
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stood.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
