import Foundation

/// The variables of `sluice api`: an object, and single ones beside it.
struct VariableList {
    /// The most bytes they may take.
    static let limitInBytes = 1 << 20
    private var members: [(name: String, json: String)] = []
    private var object: String?
    private var names: Set<String> = []

    /// Takes a whole object in JSON. It goes out as it is, so that no number loses a digit.
    /// - Throws: `Failure` if it is none.
    mutating func add(object text: String, from place: String) throws {
        let parsed = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        guard let members = parsed as? [String: Any] else {
            throw Failure(
                .invalid, "The variables in \(place) are no JSON object.", kept: "Nothing was sent.",
                next: #"Write them like {"id": "5f2…", "first": 10}."#)
        }
        names = Set(members.keys)
        object = text
    }

    /// Takes `name=value`: the value is JSON if it can be read as that, else text.
    /// - Throws: `Failure` if there is no name, or it was given before.
    mutating func add(_ pair: String) throws {
        guard let equals = pair.firstIndex(of: "=") else {
            throw Failure(
                .usage, "--variable takes name=value, not “\(Printable.line(pair))”.", kept: "Nothing was sent.",
                next: "For example: --variable first=10")
        }
        let name = String(pair[..<equals])
        guard Self.isName(name) else {
            throw Failure(
                .usage, "“\(Printable.line(name))” is no variable's name.", kept: "Nothing was sent.",
                next: "A name has letters, digits and underscores, without the dollar sign.")
        }
        guard names.insert(name).inserted else {
            throw Failure(.usage, "The variable \(name) is given twice.", kept: "Nothing was sent.")
        }
        let text = String(pair[pair.index(after: equals)...])
        members.append((name, Self.isJSON(text) ? text : JSON.string(text).text))
    }

    /// All of them as one JSON object; `nil` if there are none.
    var json: [UInt8]? {
        let added = members.map { "\(JSON.string($0.name).text):\($0.json)" }.joined(separator: ",")
        guard let object else { return members.isEmpty ? nil : Array("{\(added)}".utf8) }
        guard !members.isEmpty else { return Array(object.utf8) }
        let inner = object.drop { $0 != "{" }.dropFirst()
        let isEmpty = names.count == members.count
        return Array("{\(added)\(isEmpty ? "" : ",")\(inner)".utf8)
    }

    /// - Source: GraphQL specification §2.1.9.
    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, !(0x30...0x39).contains(first) else { return false }
        return bytes.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
    }

    private static func isJSON(_ text: String) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
    }
}
