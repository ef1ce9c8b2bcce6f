import Foundation
import GRDBSQLite
import SluiceAuthority
import SluiceOAuth

/// The columns of one result row, read by position.
protocol Columns {
    /// The value of a column.
    func value(_ index: Int) -> StoredValue
    /// A column as a number; 0 for anything else.
    func integer(_ index: Int) -> Int64
    /// A column as a fractional number; 0 for anything but a number.
    func real(_ index: Int) -> Double
    /// A column as text; `nil` for NULL.
    func text(_ index: Int) -> String?
    /// A column as bytes; empty for NULL.
    func blob(_ index: Int) -> [UInt8]
    /// Whether a column is NULL.
    func isNull(_ index: Int) -> Bool
}

extension Columns {
    /// A moment that is always there.
    func moment(_ index: Int) -> Date { Date(milliseconds: integer(index)) }

    /// A moment that may be absent.
    func maybeMoment(_ index: Int) -> Date? { isNull(index) ? nil : moment(index) }

    /// An id, or the complaint that the row holds none.
    func id<Kind>(_ index: Int, _ name: StaticString) throws -> Identifier<Kind> {
        try present(text(index).flatMap { Identifier<Kind>($0) }, name)
    }

    /// A value, or the complaint that the column does not hold one. The complaint names the column and never shows its content.
    func present<Value>(_ value: Value?, _ name: StaticString) throws -> Value {
        guard let value else { throw StoreError.corrupt("a row without a valid \(name)") }
        return value
    }
}

/// The row that a statement stands on; gone with the next step.
struct LiveRow: Columns {
    let statement: OpaquePointer

    func value(_ index: Int) -> StoredValue {
        switch sqlite3_column_type(statement, CInt(index)) {
        case SQLITE_INTEGER: .integer(integer(index))
        case SQLITE_FLOAT: .real(real(index))
        case SQLITE_TEXT: .text(text(index) ?? "")
        case SQLITE_BLOB: .blob(blob(index))
        default: .null
        }
    }

    func integer(_ index: Int) -> Int64 { sqlite3_column_int64(statement, CInt(index)) }

    func real(_ index: Int) -> Double { sqlite3_column_double(statement, CInt(index)) }

    func text(_ index: Int) -> String? {
        guard let start = sqlite3_column_text(statement, CInt(index)) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, CInt(index))))
        return String(decoding: bytes, as: UTF8.self)
    }

    func blob(_ index: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, CInt(index)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, CInt(index)))))
    }

    func isNull(_ index: Int) -> Bool { sqlite3_column_type(statement, CInt(index)) == SQLITE_NULL }

    /// A copy that outlives the statement, so that the one writer thread copies and many callers' threads parse.
    func detached() -> DetachedRow {
        DetachedRow(values: (0..<Int(sqlite3_column_count(statement))).map(value))
    }
}

/// A copied row.
struct DetachedRow: Columns, Sendable {
    let values: [StoredValue]

    func value(_ index: Int) -> StoredValue { values[index] }

    func integer(_ index: Int) -> Int64 {
        if case .integer(let number) = values[index] { number } else { 0 }
    }

    func real(_ index: Int) -> Double {
        switch values[index] {
        case .integer(let number): Double(number)
        case .real(let number): number
        case .null, .text, .blob: 0
        }
    }

    func text(_ index: Int) -> String? {
        if case .text(let text) = values[index] { text } else { nil }
    }

    func blob(_ index: Int) -> [UInt8] {
        if case .blob(let bytes) = values[index] { bytes } else { [] }
    }

    func isNull(_ index: Int) -> Bool { values[index] == .null }
}
