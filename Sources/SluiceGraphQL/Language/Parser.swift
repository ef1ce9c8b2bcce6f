/// Reads a document by recursive descent, one token ahead. Every function that can nest counts its depth, so hostile
/// nesting ends in a syntax error and not at the end of the stack.
/// - Source: GraphQL October 2021 §2 and appendix B.
struct Parser {
    private var lexer: Lexer
    private(set) var token: Token
    private var depth = 0
    private let depthLimit: Int

    /// - Parameter tokenLimit: How many tokens are read before the document is refused.
    /// - Parameter depthLimit: How deep selections, values and types may nest.
    init(_ text: String, tokenLimit: Int, depthLimit: Int) throws(GraphQLError) {
        lexer = Lexer(text, tokenLimit: tokenLimit)
        self.depthLimit = depthLimit
        token = try lexer.next()
    }

    /// Parses a whole document.
    static func parse(
        _ text: String, tokenLimit: Int = .max, depthLimit: Int = 128
    ) throws(GraphQLError) -> Document {
        var parser = try Parser(text, tokenLimit: tokenLimit, depthLimit: depthLimit)
        var definitions: [Definition] = []
        repeat { definitions.append(try parser.definition()) } while parser.token.kind != .endOfFile
        return Document(definitions)
    }

    /// Operations and fragments can have a description too. Source: September 2025 §2.2.
    private mutating func definition() throws(GraphQLError) -> Definition {
        if token.kind == .openBrace { return .operation(try operation(at: token.location)) }
        let start = token.location
        let description = try description()
        if description != nil, token.kind == .openBrace {
            throw GraphQLError(
                syntax: "Unexpected description, descriptions are not supported on shorthand queries.", at: start)
        }
        guard token.kind == .name else { throw unexpected() }
        switch token.text {
        case "query", "mutation", "subscription": return .operation(try operation(at: start))
        case "fragment": return .fragment(try fragment(at: start))
        default:
            if description != nil, !Self.describable.contains(token.text) {
                throw GraphQLError(
                    syntax: "Unexpected description, only GraphQL definitions support descriptions.", at: start)
            }
            return try typeSystemDefinition(description: description, at: start)
        }
    }

    private static let describable: Set = [
        "schema", "scalar", "type", "interface", "union", "enum", "input", "directive",
    ]
}

// MARK: - Tokens

extension Parser {
    @discardableResult
    mutating func advance() throws(GraphQLError) -> Token {
        let current = token
        token = try lexer.next()
        return current
    }

    @discardableResult
    mutating func expect(_ kind: Token.Kind) throws(GraphQLError) -> Token {
        guard token.kind == kind else {
            throw GraphQLError(syntax: "Expected \(kind.described), found \(token.described).", at: token.location)
        }
        return try advance()
    }

    mutating func skip(_ kind: Token.Kind) throws(GraphQLError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    mutating func expectKeyword(_ keyword: String) throws(GraphQLError) {
        guard token.kind == .name, token.text == keyword else {
            throw GraphQLError(syntax: "Expected \"\(keyword)\", found \(token.described).", at: token.location)
        }
        try advance()
    }

    mutating func skipKeyword(_ keyword: String) throws(GraphQLError) -> Bool {
        guard token.kind == .name, token.text == keyword else { return false }
        try advance()
        return true
    }

    mutating func name() throws(GraphQLError) -> Name {
        let token = try expect(.name)
        return Name(text: token.text, location: token.location)
    }

    func unexpected(_ token: Token? = nil) -> GraphQLError {
        let token = token ?? self.token
        return GraphQLError(syntax: "Unexpected \(token.described).", at: token.location)
    }

    mutating func enter() throws(GraphQLError) {
        depth += 1
        guard depth <= depthLimit else {
            throw GraphQLError(
                syntax: "Document is nested more than \(depthLimit) levels deep. Parsing aborted.",
                at: token.location)
        }
    }

    mutating func leave() { depth -= 1 }

    /// One or more of `item` between two tokens, or nothing at all.
    mutating func optionalList<Item>(
        _ open: Token.Kind, _ item: (inout Parser) throws(GraphQLError) -> Item, _ close: Token.Kind
    ) throws(GraphQLError) -> [Item] {
        guard try skip(open) else { return [] }
        var items: [Item] = []
        repeat { items.append(try item(&self)) } while try !skip(close)
        return items
    }
}

// MARK: - Operations

extension Parser {
    /// - Parameter location: Where the operation begins, its description included.
    private mutating func operation(at location: SourceLocation) throws(GraphQLError) -> OperationDefinition {
        if token.kind == .openBrace {
            return OperationDefinition(
                kind: .query, name: nil, variables: [], directives: [], selectionSet: try selectionSet(),
                location: location)
        }
        guard let kind = OperationKind(rawValue: token.text) else { throw unexpected() }
        try advance()
        let name = token.kind == .name ? try name() : nil
        let variables = try optionalList(
            .openParenthesis, { parser throws(GraphQLError) in try parser.variableDefinition() }, .closeParenthesis)
        return OperationDefinition(
            kind: kind, name: name, variables: variables, directives: try directives(isConstant: false),
            selectionSet: try selectionSet(), location: location)
    }

    private mutating func variableDefinition() throws(GraphQLError) -> VariableDefinition {
        let location = token.location
        _ = try description()
        try expect(.dollar)
        let name = try name()
        try expect(.colon)
        let type = try type()
        let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
        return VariableDefinition(
            name: name, type: type, defaultValue: defaultValue, directives: try directives(isConstant: true),
            location: location)
    }

    private mutating func selectionSet() throws(GraphQLError) -> SelectionSet {
        try enter()
        let location = token.location
        try expect(.openBrace)
        var selections: [Selection] = []
        repeat { selections.append(try selection()) } while try !skip(.closeBrace)
        leave()
        return SelectionSet(selections: selections, location: location)
    }

    private mutating func selection() throws(GraphQLError) -> Selection {
        if token.kind == .spread { return try fragmentSelection() }
        let location = token.location
        let first = try name()
        let second = try skip(.colon) ? try name() : nil
        let arguments = try arguments(isConstant: false)
        let directives = try directives(isConstant: false)
        return .field(
            Field(
                alias: second == nil ? nil : first, name: second ?? first, arguments: arguments,
                directives: directives, selectionSet: token.kind == .openBrace ? try selectionSet() : nil,
                location: location))
    }

    private mutating func fragmentSelection() throws(GraphQLError) -> Selection {
        let location = token.location
        try expect(.spread)
        let hasCondition = try skipKeyword("on")
        if !hasCondition, token.kind == .name {
            let name = try name()
            return .spread(
                FragmentSpread(name: name, directives: try directives(isConstant: false), location: location))
        }
        let condition = hasCondition ? try name() : nil
        return .inline(
            InlineFragment(
                typeCondition: condition, directives: try directives(isConstant: false),
                selectionSet: try selectionSet(), location: location))
    }

    private mutating func fragment(at location: SourceLocation) throws(GraphQLError) -> FragmentDefinition {
        try expectKeyword("fragment")
        // `fragment on on T` would be ambiguous. Source: §2.8, FragmentName : Name but not `on`.
        if token.kind == .name, token.text == "on" { throw unexpected() }
        let name = try name()
        try expectKeyword("on")
        let condition = try self.name()
        return FragmentDefinition(
            name: name, typeCondition: condition, directives: try directives(isConstant: false),
            selectionSet: try selectionSet(), location: location)
    }
}

// MARK: - Arguments, values, types

extension Parser {
    mutating func arguments(isConstant: Bool) throws(GraphQLError) -> [Argument] {
        try optionalList(
            .openParenthesis, { parser throws(GraphQLError) in try parser.argument(isConstant: isConstant) },
            .closeParenthesis)
    }

    private mutating func argument(isConstant: Bool) throws(GraphQLError) -> Argument {
        let location = token.location
        let name = try name()
        try expect(.colon)
        return Argument(name: name, value: try value(isConstant: isConstant), location: location)
    }

    mutating func directives(isConstant: Bool) throws(GraphQLError) -> [Directive] {
        guard token.kind == .at else { return [] }
        var directives: [Directive] = []
        while token.kind == .at {
            let location = token.location
            try advance()
            let name = try name()
            directives.append(
                Directive(name: name, arguments: try arguments(isConstant: isConstant), location: location))
        }
        return directives
    }

    mutating func value(isConstant: Bool) throws(GraphQLError) -> ValueNode {
        let token = token
        let kind: ValueNode.Kind
        switch token.kind {
        case .openBracket: return try listValue(isConstant: isConstant)
        case .openBrace: return try objectValue(isConstant: isConstant)
        case .int: kind = .int(token.text)
        case .float: kind = .float(token.text)
        case .string: kind = .string(token.text, isBlock: false)
        case .blockString: kind = .string(token.text, isBlock: true)
        case .name:
            switch token.text {
            case "true": kind = .boolean(true)
            case "false": kind = .boolean(false)
            case "null": kind = .null
            default: kind = .enumeration(token.text)
            }
        case .dollar:
            try advance()
            if isConstant {
                guard self.token.kind == .name else { throw unexpected(token) }
                throw GraphQLError(
                    syntax: "Unexpected variable \"$\(self.token.text)\" in constant value.", at: token.location)
            }
            return ValueNode(kind: .variable(try name().text), location: token.location)
        default:
            throw unexpected()
        }
        try advance()
        return ValueNode(kind: kind, location: token.location)
    }

    private mutating func listValue(isConstant: Bool) throws(GraphQLError) -> ValueNode {
        try enter()
        let location = token.location
        try expect(.openBracket)
        var items: [ValueNode] = []
        while try !skip(.closeBracket) { items.append(try value(isConstant: isConstant)) }
        leave()
        return ValueNode(kind: .list(items), location: location)
    }

    private mutating func objectValue(isConstant: Bool) throws(GraphQLError) -> ValueNode {
        try enter()
        let location = token.location
        try expect(.openBrace)
        var fields: [ObjectFieldNode] = []
        while try !skip(.closeBrace) {
            let name = try name()
            try expect(.colon)
            fields.append(ObjectFieldNode(name: name, value: try value(isConstant: isConstant)))
        }
        leave()
        return ValueNode(kind: .object(fields), location: location)
    }

    mutating func type() throws(GraphQLError) -> TypeNode {
        let location = token.location
        var opened = 0
        while try skip(.openBracket) {
            opened += 1
            guard opened <= TypeReference.maximumLists else {
                throw GraphQLError(
                    syntax: "A type holds more than \(TypeReference.maximumLists) lists. Parsing aborted.",
                    at: location)
            }
        }
        let name = try name()
        var wrappers: [TypeWrapper] = []
        if try skip(.bang) { wrappers.append(.nonNull) }
        for _ in 0..<opened {
            try expect(.closeBracket)
            wrappers.append(.list)
            if try skip(.bang) { wrappers.append(.nonNull) }
        }
        return TypeNode(name: name, wrappers: wrappers, location: location)
    }
}
