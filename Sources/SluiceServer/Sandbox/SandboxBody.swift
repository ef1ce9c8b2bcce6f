import Hummingbird
import NIOCore
import SluiceAuthority
import SluiceOAuth

/// The JSON object that a request to a sandbox brings. Members are taken one by one; what is left over is a mistake.
struct SandboxBody {
    private var members: [JSONValue.Member]
    /// What the members belong to, for errors: empty for the whole body, `fault.` for what stands in its member `fault`.
    private let place: String
    private var taken: [String] = []

    /// Reads the body of a request.
    /// - Throws: `Problem`: 415 for another content type, which is all that a page of another origin could send without being asked
    ///   for leave; 400 for what is no JSON object.
    init(_ request: Request, _ context: SluiceContext) async throws {
        let body = try await request.jsonBody(context)
        guard case .object(let members)? = JSONValue.parse(Array(body.readableBytesView)) else {
            throw Problem(
                .badRequest, "The body must be one JSON object, at most 8 levels deep, that names no member twice.")
        }
        self.members = members
        place = ""
    }

    private init(_ members: [JSONValue.Member], at place: String) {
        self.members = members
        self.place = place
    }

    private mutating func take(_ name: String) -> JSONValue? {
        taken.append(name)
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        let value = members.remove(at: index).value
        return value == .null ? nil : value
    }

    /// The text of a member; `nil` if it is absent or null.
    mutating func text(_ name: String) throws(Problem) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string else { throw wrong(name, "must be a text") }
        return text
    }

    /// The whole number of a member; `nil` if it is absent or null.
    mutating func number(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = value.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw wrong(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The span of time in a member, in seconds: a number, or a text such as `90s`; `nil` if it is absent or null.
    mutating func seconds(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let value = take(name) else { return nil }
        let given = value.integer.flatMap { Int(exactly: $0) } ?? value.string.flatMap { TypedSpan.seconds($0) }
        guard let seconds = given, range.contains(seconds) else {
            throw wrong(
                name,
                "must be a span of \(range.lowerBound) to \(range.upperBound) seconds: a number of seconds, or 90s, 30m, 12h, 90d"
            )
        }
        return seconds
    }

    /// One of the words of a member; `nil` if it is absent or null.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _: Word.Type
    ) throws(Problem) -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw wrong(name, "must be one of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// The object in a member.
    mutating func object(_ name: String) throws(Problem) -> SandboxBody? {
        guard let value = take(name) else { return nil }
        guard case .object(let members) = value else { throw wrong(name, "must be an object") }
        return SandboxBody(members, at: "\(place)\(name).")
    }

    /// Refuses what nobody took.
    func finish() throws(Problem) {
        guard members.isEmpty else {
            throw Self.refusal(
                "There is a member that means nothing\(place.isEmpty ? "" : " in \(place.dropLast())"). It may hold: "
                    + "\(taken.joined(separator: ", ")).")
        }
    }

    /// What to throw about a member.
    /// - Parameter words: The end of the sentence; our own words.
    func wrong(_ name: String, _ words: String) -> Problem { Self.refusal("\(place)\(name) \(words).") }

    /// A refusal in our own words.
    static func refusal(_ words: String) -> Problem { Problem(.badRequest, code: "invalid_request", ourWords: words) }
}
