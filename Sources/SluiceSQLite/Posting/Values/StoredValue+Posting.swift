import Foundation
import SluiceAuthority
import SluicePosting

extension StoredValue {
    /// An id as its 24 digits; NULL for none.
    static func id<Kind>(_ id: EntityID<Kind>?) -> StoredValue { maybe(id?.text) }

    /// A yes or no as 1 or 0.
    static func flag(_ isSet: Bool) -> StoredValue { .integer(isSet ? 1 : 0) }

    /// A number that may be absent.
    static func maybeNumber(_ number: Int?) -> StoredValue { number.map { .number($0) } ?? .null }

    /// A list of ids for `IN (SELECT value FROM json_each(?))`: one parameter however many there are.
    static func list<Kind>(_ ids: [EntityID<Kind>]) -> StoredValue { plainList(ids.map(\.text)) }

    /// A list of our own words for `json_each(?)`.
    static func list<Word: RawRepresentable>(_ words: [Word]) -> StoredValue where Word.RawValue == String {
        plainList(words.map(\.rawValue))
    }

    // Hexadecimal digits and raw values need no escape in JSON.
    static func plainList(_ words: [String]) -> StoredValue {
        .text("[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }

    /// A value with a shape of its own, as JSON with its keys in order, so that equal values are equal text.
    /// - Throws: `StoreError.corrupt` for what JSON cannot hold, as a number that is none.
    static func json(_ value: some Encodable) throws -> StoredValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(value) else { throw StoreError.corrupt("a value that JSON cannot hold") }
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    /// The same for a value that may be absent.
    static func maybeJSON(_ value: (some Encodable)?) throws -> StoredValue { try value.map { try json($0) } ?? .null }
}
