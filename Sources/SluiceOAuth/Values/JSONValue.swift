/// A JSON value as this server reads it: strictly, with a limit on depth, and with no member name twice in one object
/// (two parsers could each pick another one).
/// - Source: RFC 8259; RFC 7515 §4 on duplicate names.
package enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number; nothing here has a use for its value.
    case otherNumber
    /// Text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Members in order, names distinct.
    case object([Member])

    /// A named value.
    package struct Member: Sendable, Equatable {
        package let name: String
        package let value: JSONValue
    }

    /// The one value that `bytes` are. `nil` for anything that is not exactly that.
    package static func parse(_ bytes: [UInt8]) -> JSONValue? {
        var parser = JSONParser(bytes)
        return parser.parse()
    }

    /// The value of a member; `nil` if this is no object or has no such member.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.hasSameBytes(as: name) }?.value
    }

    /// The text, if this is text.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, if this is a whole one.
    package var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
