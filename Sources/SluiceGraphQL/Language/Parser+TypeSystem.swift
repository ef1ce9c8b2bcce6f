/// - Source: GraphQL October 2021 §3.
extension Parser {
    mutating func description() throws(GraphQLError) -> String? {
        guard token.kind == .string || token.kind == .blockString else { return nil }
        return try advance().text
    }

    mutating func typeSystemDefinition(
        description: String?, at location: SourceLocation
    ) throws(GraphQLError) -> Definition {
        let isExtension = token.text == "extend"
        if isExtension {
            try advance()
            guard token.kind == .name else { throw unexpected() }
        }
        let keyword = token
        switch keyword.text {
        case "schema":
            return .schema(try schema(description, isExtension: isExtension, at: location))
        case "directive" where !isExtension:
            return .directive(try directiveDefinition(description, at: location))
        case "scalar", "type", "interface", "union", "enum", "input":
            return .type(try typeDefinition(description, isExtension: isExtension, at: location))
        default:
            throw unexpected(keyword)
        }
    }

    private mutating func schema(
        _ description: String?, isExtension: Bool, at location: SourceLocation
    ) throws(GraphQLError) -> SchemaDefinitionNode {
        try expectKeyword("schema")
        let directives = try directives(isConstant: true)
        let operations = try optionalList(
            .openBrace,
            { parser throws(GraphQLError) in
                let keyword = try parser.expect(.name)
                guard let kind = OperationKind(rawValue: keyword.text) else { throw parser.unexpected(keyword) }
                try parser.expect(.colon)
                return (kind: kind, type: try parser.name())
            }, .closeBrace)
        return SchemaDefinitionNode(
            description: description, directives: directives, operations: operations, isExtension: isExtension,
            location: location)
    }

    private mutating func typeDefinition(
        _ description: String?, isExtension: Bool, at location: SourceLocation
    ) throws(GraphQLError) -> TypeDefinitionNode {
        let keyword = try advance().text
        let name = try name()
        let interfaces = keyword == "type" || keyword == "interface" ? try implementedInterfaces() : []
        let directives = try directives(isConstant: true)
        func node(_ kind: TypeDefinitionNode.Kind) -> TypeDefinitionNode {
            TypeDefinitionNode(
                kind: kind, name: name, description: description, directives: directives, isExtension: isExtension,
                location: location)
        }
        var definition: TypeDefinitionNode
        switch keyword {
        case "type", "interface":
            definition = node(keyword == "type" ? .object : .interface)
            definition.interfaces = interfaces
            definition.fields = try optionalList(
                .openBrace, { parser throws(GraphQLError) in try parser.fieldDefinition() }, .closeBrace)
        case "union":
            definition = node(.union)
            if try skip(.equals) { definition.members = try separatedNames(.pipe) }
        case "enum":
            definition = node(.enumeration)
            definition.values = try optionalList(
                .openBrace, { parser throws(GraphQLError) in try parser.enumValue() }, .closeBrace)
        case "input":
            definition = node(.input)
            definition.inputs = try optionalList(
                .openBrace, { parser throws(GraphQLError) in try parser.inputValue() }, .closeBrace)
        default:
            definition = node(.scalar)
        }
        return definition
    }

    private mutating func implementedInterfaces() throws(GraphQLError) -> [Name] {
        try skipKeyword("implements") ? try separatedNames(.ampersand) : []
    }

    private mutating func separatedNames(_ separator: Token.Kind) throws(GraphQLError) -> [Name] {
        _ = try skip(separator)
        var names = [try name()]
        while try skip(separator) { names.append(try name()) }
        return names
    }

    private mutating func fieldDefinition() throws(GraphQLError) -> FieldDefinitionNode {
        let description = try description()
        let name = try name()
        let arguments = try optionalList(
            .openParenthesis, { parser throws(GraphQLError) in try parser.inputValue() }, .closeParenthesis)
        try expect(.colon)
        let type = try type()
        return FieldDefinitionNode(
            name: name, description: description, arguments: arguments, type: type,
            directives: try directives(isConstant: true))
    }

    private mutating func inputValue() throws(GraphQLError) -> InputValueNode {
        let description = try description()
        let name = try name()
        try expect(.colon)
        let type = try type()
        let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
        return InputValueNode(
            name: name, description: description, type: type, defaultValue: defaultValue,
            directives: try directives(isConstant: true))
    }

    private mutating func enumValue() throws(GraphQLError) -> EnumValueNode {
        let description = try description()
        if token.kind == .name, ["true", "false", "null"].contains(token.text) {
            throw GraphQLError(
                syntax: "Name \"\(token.text)\" is reserved and cannot be used for an enum value.",
                at: token.location)
        }
        let name = try name()
        return EnumValueNode(name: name, description: description, directives: try directives(isConstant: true))
    }

    private mutating func directiveDefinition(
        _ description: String?, at location: SourceLocation
    ) throws(GraphQLError) -> DirectiveDefinitionNode {
        try expectKeyword("directive")
        try expect(.at)
        let name = try name()
        let arguments = try optionalList(
            .openParenthesis, { parser throws(GraphQLError) in try parser.inputValue() }, .closeParenthesis)
        let isRepeatable = try skipKeyword("repeatable")
        try expectKeyword("on")
        var locations: [DirectiveLocation] = []
        for name in try separatedNames(.pipe) {
            guard let place = DirectiveLocation(rawValue: name.text) else {
                throw GraphQLError(syntax: "Unexpected Name \"\(name.text)\".", at: name.location)
            }
            locations.append(place)
        }
        return DirectiveDefinitionNode(
            name: name, description: description, arguments: arguments, isRepeatable: isRepeatable,
            locations: locations, location: location)
    }
}
