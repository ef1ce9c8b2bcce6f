/// What is wrong with a submitted form: shown above it with links, and again at each field.
struct FormErrors: Sendable, ExpressibleByArrayLiteral {
    /// One thing that is wrong.
    struct Entry: Sendable {
        /// The form field's name, or `nil` where the form as a whole is meant.
        var field: String?
        /// A sentence that says what to do.
        var message: String
        /// The element that the link in the summary leads to.
        var target: String?
    }

    private(set) var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    init() {}

    init(arrayLiteral elements: (String?, String)...) {
        for (field, message) in elements { add(message, at: field) }
    }

    /// - Parameters:
    ///   - field: The form field's name; `nil` for the form as a whole.
    ///   - target: The id of the field's element, where it is not the field's name.
    mutating func add(_ message: String, at field: String? = nil, target: String? = nil) {
        entries.append(Entry(field: field, message: message, target: target ?? field))
    }

    /// `any`, `list` for the summary, and each field's first message under the field's name.
    var values: [String: Any] {
        var values: [String: Any] = [:]
        for entry in entries.reversed() {
            if let field = entry.field { values[field] = entry.message }
        }
        values["any"] = !entries.isEmpty
        values["list"] = entries.map { entry in
            ["message": entry.message, "field": entry.target as Any? ?? false]
        }
        return values
    }
}
