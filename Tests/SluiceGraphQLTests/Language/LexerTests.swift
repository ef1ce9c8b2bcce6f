import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §2.1: lexical grammar")
struct LexerTests {
    private func tokens(_ text: String, limit: Int = .max) throws -> [Token] {
        var lexer = Lexer(text, tokenLimit: limit)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            if token.kind == .endOfFile { return tokens }
            tokens.append(token)
        }
    }

    private func message(_ text: String) -> String? {
        do {
            _ = try tokens(text)
            return nil
        } catch {
            return (error as? GraphQLError)?.message
        }
    }

    @Test func `byte order mark, white space, commas and comments are ignored and lines are counted`() throws {
        let tokens = try tokens("\u{FEFF} a,,b # c \"é\"\r\n  d\n\re")
        #expect(tokens.map(\.text) == ["a", "b", "d", "e"])
        #expect(tokens.map { [$0.location.line, $0.location.column] } == [[1, 3], [1, 6], [2, 3], [4, 1]])
    }

    @Test func `a column counts code points`() throws {
        let tokens = try tokens("\"é😀\" x")
        #expect(tokens[1].location == SourceLocation(line: 1, column: 6))
    }

    @Test(arguments: [
        (#""a\n\"\\\/\b\f\r\t""#, "a\n\"\\/\u{8}\u{C}\r\t"),
        (#""\u00e9\u{1F600}\uD83D\uDE00""#, "é😀😀"),
        ("\"\"\"\n    one\n      two\n\n    three \\\"\"\"\n  \"\"\"", "one\n  two\n\nthree \"\"\""),
        ("\"\"\"a\n   b\n  c\"\"\"", "a\n b\nc"),
        ("\"\"\"\"\"\"", ""),
    ])
    func `strings have their value`(text: String, value: String) throws {
        #expect(try tokens(text).map(\.text) == [value])
    }

    @Test func `thirty combining marks in a row pass and one more does not`() {
        for quotes in ["\"", "\"\"\""] {
            #expect(message(quotes + "e" + String(repeating: "\u{301}", count: 30) + quotes) == nil)
            #expect(
                message(quotes + "e" + String(repeating: "\u{301}", count: 31) + quotes)
                    == "Syntax Error: A string has more than 30 combining marks in a row. Parsing aborted.")
        }
    }

    @Test func `a name of 255 characters passes and one more does not`() {
        #expect(message(String(repeating: "a", count: 255)) == nil)
        #expect(
            message(String(repeating: "a", count: 256))
                == "Syntax Error: A name has more than 255 characters. Parsing aborted.")
    }

    @Test(arguments: [
        ("?", "Syntax Error: Unexpected character: \"?\"."),
        ("é", "Syntax Error: Unexpected character: U+00E9."),
        ("\u{0}", "Syntax Error: Unexpected character: U+0000."),
        ("'a'", "Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?"),
        ("..", "Syntax Error: Unexpected character: \".\"."),
        ("\"a", "Syntax Error: Unterminated string."),
        ("\"a\nb\"", "Syntax Error: Unterminated string."),
        ("\"\"\"a", "Syntax Error: Unterminated string."),
        (#""\x""#, #"Syntax Error: Invalid character escape sequence: "\x"."#),
        (#""\uD800""#, #"Syntax Error: Invalid Unicode escape sequence: "\uD800"."#),
        (#""\u{}""#, #"Syntax Error: Invalid Unicode escape sequence: "\u{}"."#),
        (#""\u{0000000041}""#, #"Syntax Error: Invalid Unicode escape sequence: "\u{000000004"."#),
        (#""\"#, #"Syntax Error: Invalid character escape sequence: "\"."#),
        (#""\é""#, #"Syntax Error: Invalid character escape sequence: "\é"."#),
        (#""\u{110000}""#, #"Syntax Error: Invalid Unicode escape sequence: "\u{110000}"."#),
        ("01", "Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
        ("1.", "Syntax Error: Invalid number, expected digit but got: <EOF>."),
        ("1a", "Syntax Error: Invalid number, expected digit but got: \"a\"."),
        ("-x", "Syntax Error: Invalid number, expected digit but got: \"x\"."),
        ("1.2.3", "Syntax Error: Invalid number, expected digit but got: \".\"."),
    ])
    func `what is no token is refused`(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test func `numbers keep their text`() throws {
        #expect(try tokens("0 -1 1.5 2e10 -0.1E-3").map(\.text) == ["0", "-1", "1.5", "2e10", "-0.1E-3"])
    }

    @Test func `the limit lets the last token through and refuses the next`() throws {
        #expect(try tokens("a b c", limit: 3).count == 3)
        #expect(throws: GraphQLError.self) { try tokens("a b c d", limit: 3) }
    }
}
