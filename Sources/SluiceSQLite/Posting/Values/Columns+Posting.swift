import Foundation
import SluiceAuthority
import SluicePosting

extension Columns {
    /// An id, or the complaint that the row holds none.
    func id<Kind>(_ index: Int, _ name: StaticString) throws -> EntityID<Kind> {
        try present(text(index).flatMap { EntityID<Kind>($0) }, name)
    }

    /// An id that may be absent.
    func maybeID<Kind>(_ index: Int, _ name: StaticString) throws -> EntityID<Kind>? {
        isNull(index) ? nil : try id(index, name)
    }

    /// Ids with spaces between them; none for NULL.
    func ids<Kind>(_ index: Int, _ name: StaticString) throws -> [EntityID<Kind>] {
        try (text(index) ?? "").utf8.split(separator: UInt8(ascii: " ")).map { try present(EntityID<Kind>(Substring($0)), name) }
    }

    /// A yes or no.
    func flag(_ index: Int) -> Bool { integer(index) != 0 }

    /// A number that may be absent.
    func maybeNumber(_ index: Int) -> Int? { isNull(index) ? nil : Int(integer(index)) }

    /// One of our own words.
    func word<Word: RawRepresentable>(_ index: Int, _ name: StaticString) throws -> Word where Word.RawValue == String {
        try present(text(index).flatMap(Word.init), name)
    }

    /// One of our own words that may be absent.
    func maybeWord<Word: RawRepresentable>(_ index: Int, _ name: StaticString) throws -> Word? where Word.RawValue == String {
        isNull(index) ? nil : try word(index, name)
    }

    /// A value that is kept as JSON.
    func json<Value: Decodable>(_ index: Int, _ name: StaticString) throws -> Value {
        try present(try? JSONDecoder().decode(Value.self, from: Data((text(index) ?? "").utf8)), name)
    }

    /// A value that is kept as JSON and may be absent.
    func maybeJSON<Value: Decodable>(_ index: Int, _ name: StaticString) throws -> Value? {
        isNull(index) ? nil : try json(index, name)
    }

    /// A list that is kept as JSON. Most are empty, and those need no decoder.
    func list<Element: Decodable>(_ index: Int, _ name: StaticString) throws -> [Element] {
        text(index) == "[]" ? [] : try json(index, name)
    }
}
