import Foundation
import SluiceAuthority

extension FixtureNode {
    /// `true` or `false`.
    func flag() throws -> Bool {
        switch try text() {
        case "true": true
        case "false": false
        default: throw place.failure("true or false is expected here.")
        }
    }

    /// A whole number.
    func number(in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(try text()), range.contains(number) else {
            throw place.failure("A whole number from \(range.lowerBound) to \(range.upperBound) is expected here.")
        }
        return number
    }

    /// One of the words of a list.
    func word<Word: RawRepresentable & CaseIterable>(_: Word.Type = Word.self) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text()) else {
            throw place.failure(
                "This word means nothing here.", "Write one of: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    /// What people, organizations and apps are called.
    func name() throws -> DisplayName {
        guard let name = DisplayName(try text()) else {
            throw place.failure("A name has 1 to 100 characters, all of which can be shown.")
        }
        return name
    }

    /// The name of a time zone.
    func timeZone() throws -> String {
        let text = try text()
        guard text == "UTC" || TimeZone.knownTimeZoneIdentifiers.contains(text) else {
            throw place.failure("This is no time zone.", "Write UTC, or a name such as Europe/Berlin.")
        }
        return text
    }

    /// The texts of a list.
    func texts() throws -> [String] { try elements().map { try $0.text() } }

    /// A member that must be there.
    func present(_ name: String, among members: [String: FixtureNode]) throws -> FixtureNode {
        guard let member = members[name] else { throw place.failure("“\(name)” is missing.") }
        return member
    }
}
