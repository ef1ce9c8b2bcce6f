import Foundation
import SluiceAuthority
import SluiceOAuth

/// A value on its way into a statement, or copied out of a row.
enum StoredValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// An id as its 24 digits, which a person with `sqlite3` can read and paste.
    static func id<Kind>(_ id: Identifier<Kind>?) -> StoredValue { id.map { .text($0.text) } ?? .null }

    /// A moment in whole milliseconds.
    static func moment(_ moment: Date?) -> StoredValue { moment.map { .integer($0.milliseconds) } ?? .null }

    /// A hash as its bytes.
    static func hash(_ hash: SecretHash) -> StoredValue { .blob(hash.bytes) }

    /// A text that may be absent.
    static func maybe(_ text: String?) -> StoredValue { text.map(StoredValue.text) ?? .null }

    /// A number.
    static func number(_ number: some BinaryInteger) -> StoredValue { .integer(Int64(clamping: number)) }
}

extension Date {
    /// Milliseconds since 1970, as every table keeps its times.
    ///
    /// Rounded to the nearest: a date made from whole milliseconds may lie a hair below them in binary, and rounding down would
    /// lose one on every trip through the database.
    var milliseconds: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(min(max(exact, -9.0e15), 9.0e15))
    }

    /// The moment that many milliseconds after 1970.
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
