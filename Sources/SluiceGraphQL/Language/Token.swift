/// One lexical token of a document.
/// - Source: GraphQL October 2021 §2.1.6.
struct Token: Sendable {
    /// What kind of token it is; the raw value is how error messages call it.
    enum Kind: String, Sendable {
        case endOfFile = "<EOF>"
        case bang = "!"
        case dollar = "$"
        case ampersand = "&"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case spread = "..."
        case colon = ":"
        case equals = "="
        case at = "@"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case pipe = "|"
        case closeBrace = "}"
        case name = "Name"
        case int = "Int"
        case float = "Float"
        case string = "String"
        case blockString = "BlockString"

        /// The kind as an error message names it: punctuation is quoted, classes of tokens are not.
        var described: String {
            switch self {
            case .endOfFile, .name, .int, .float, .string, .blockString: rawValue
            default: "\"\(rawValue)\""
            }
        }
    }

    let kind: Kind
    let location: SourceLocation
    /// The name, the number as written, or the string's value; empty for punctuation.
    let text: String

    /// The token as an error message names it, its value included.
    var described: String {
        switch kind {
        case .name, .int, .float, .string, .blockString: "\(kind.described) \"\(text)\""
        default: kind.described
        }
    }
}
