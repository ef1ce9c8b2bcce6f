import SluiceAuthority

/// One page of a list in both forms: `{"items":[…],"next":…}` and a table with the way to the next page.
struct Page {
    /// A page.
    /// - Parameter command: What was called, for the hint.
    static func report(items: [JSON], next: String?, table: Table, empty: String, command: String) -> Report {
        var text = table.text(empty: empty)
        if let next { text += "\n\nThere is more: \(command) --after \(next)" }
        return Report(json: .object([("items", .array(items)), ("next", .optional(next))]), text: text)
    }
}
