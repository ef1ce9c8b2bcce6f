import Foundation

/// The command line: a mode, the file with the schema, numbers by name.
struct Arguments {
    enum Mode: String {
        case answer, fuzz, bench
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var mode = Mode.answer
    private var path: String?
    private var numbers: [String: UInt64] = [:]

    init(_ words: some Sequence<String>) {
        var name: String?
        for word in words {
            if let option = name {
                numbers[option] = UInt64(word)
                name = nil
            } else if word.hasPrefix("--") {
                name = String(word.dropFirst(2))
            } else if path == nil, let mode = Mode(rawValue: word) {
                self.mode = mode
            } else {
                path = word
            }
        }
    }

    func number(_ name: String, or standard: UInt64) -> UInt64 { numbers[name] ?? standard }

    /// The text of the schema.
    func sdl() throws -> String {
        guard let path else { throw Missing(description: "the file with the schema is missing") }
        return try String(contentsOfFile: path, encoding: .utf8)
    }
}
