import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §5: validation in graphql-js's words")
struct ValidatorTests {
    @Test(
        arguments: [
            ("{ person { id } }", []),
            ("{ nope }", [#"Cannot query field "nope" on type "Query"."#]),
            ("{ persn { id } }", [#"Cannot query field "persn" on type "Query". Did you mean "person"?"#]),
            (
                "{ being { serial } }",
                [#"Cannot query field "serial" on type "Being". Did you mean to use an inline fragment on "Robot"?"#]
            ),
            (
                "{ anything { id } }",
                [
                    #"Cannot query field "id" on type "Any". Did you mean to use an inline fragment on "Node", "Being", "Person", or "Robot"?"#
                ]
            ),
            (
                "{ person }",
                [#"Field "person" of type "Person" must have a selection of subfields. Did you mean "person { ... }"?"#]
            ),
            ("{ never { x } }", [#"Field "never" must not have a selection since type "String!" has no subfields."#]),
            ("type A { b: Int } { never }", [#"The "A" definition is not executable."#]),
            ("query A { never } query A { never }", [#"There can be only one operation named "A"."#]),
            ("{ never } query A { never }", ["This anonymous operation must be the only defined operation."]),
            ("query ($a: Zzzzzz) { echo(text: $a) }", [#"Unknown type "Zzzzzz"."#]),
            ("{ person { ... on String { x } } }", [#"Fragment cannot condition on non composite type "String"."#]),
            (
                "query ($a: Person) { echo(text: $a) }",
                [
                    #"Variable "$a" cannot be non-input type "Person"."#,
                    #"Variable "$a" of type "Person" used in position expecting type "String"."#,
                ]
            ),
            (
                "{ ...F } fragment F on Query { never } fragment F on Query { never }",
                [#"There can be only one fragment named "F"."#]
            ),
            ("{ ...F }", [#"Unknown fragment "F"."#]),
            ("{ never } fragment F on Query { never }", [#"Fragment "F" is never used."#]),
            (
                "{ person { ... on Robot { id } } }",
                [#"Fragment cannot be spread here as objects of type "Person" can never be of type "Robot"."#]
            ),
            (
                "{ person { ...R } } fragment R on Robot { id }",
                [#"Fragment "R" cannot be spread here as objects of type "Person" can never be of type "Robot"."#]
            ),
            (
                "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
                [#"Cannot spread fragment "A" within itself via "B"."#]
            ),
            (
                "{ echo(text: \"\u{E9}\") echo(text: \"e\u{301}\") }",
                [
                    #"Fields "echo" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            ("{ ...A } fragment A on Query { ...A }", [#"Cannot spread fragment "A" within itself."#]),
            (
                "query ($a: Int, $a: Int) { required(x: 1) echo(number: $a) }",
                [#"There can be only one variable named "$a"."#]
            ),
            ("query Q { echo(number: $a) }", [#"Variable "$a" is not defined by operation "Q"."#]),
            ("query Q($a: Int) { never }", [#"Variable "$a" is never used in operation "Q"."#]),
            ("{ never @nope }", [#"Unknown directive "@nope"."#]),
            ("query @skip(if: true) { never }", [#"Directive "@skip" may not be used on QUERY."#]),
            (
                "{ never @skip(if: true) @skip(if: true) }",
                [#"The directive "@skip" can only be used once at this location."#]
            ),
            ("{ echo(txt: \"a\") }", [#"Unknown argument "txt" on field "Query.echo". Did you mean "text"?"#]),
            (
                "{ never @skip(iff: true, if: true) }",
                [#"Unknown argument "iff" on directive "@skip". Did you mean "if"?"#]
            ),
            ("{ echo(text: \"a\", text: \"b\") }", [#"There can be only one argument named "text"."#]),
            ("{ required }", [#"Field "required" argument "x" of type "Int!" is required, but it was not provided."#]),
            (
                "{ never @skip }",
                [#"Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided."#]
            ),
            ("{ required(x: null) }", [#"Expected value of type "Int!", found null."#]),
            ("{ echo(number: \"1\") }", [#"Int cannot represent non-integer value: "1""#]),
            ("{ echo(number: 2147483648) }", ["Int cannot represent non 32-bit signed integer value: 2147483648"]),
            ("{ echo(text: 1) }", ["String cannot represent a non string value: 1"]),
            ("{ echo(real: true) }", ["Float cannot represent non numeric value: true"]),
            ("{ echo(flag: 0) }", ["Boolean cannot represent a non boolean value: 0"]),
            ("{ echo(id: 1.5) }", ["ID cannot represent a non-string and non-integer value: 1.5"]),
            (
                "{ echo(moods: [HAPY]) }",
                [#"Value "HAPY" does not exist in "Mood" enum. Did you mean the enum value "HAPPY"?"#]
            ),
            (
                "{ echo(moods: \"SAD\") }",
                [#"Enum "Mood" cannot represent non-enum value: "SAD". Did you mean the enum value "SAD"?"#]
            ),
            ("{ echo(filter: {}) }", [#"Field "Filter.name" of required type "String!" was not provided."#]),
            (
                "{ echo(filter: {name: \"a\", nam: 1}) }",
                [#"Field "nam" is not defined by type "Filter". Did you mean "name"?"#]
            ),
            ("{ echo(filter: 3) }", [#"Expected value of type "Filter", found 3."#]),
            ("{ echo(filter: {name: \"a\", name: \"b\"}) }", [#"There can be only one input field named "name"."#]),
            ("{ find(key: {id: 1, email: \"a\"}) }", [#"OneOf Input Object "Key" must specify exactly one key."#]),
            ("{ find(key: {id: null}) }", [#"Field "Key.id" must be non-null."#]),
            (
                "query ($a: Int) { required(x: $a) }",
                [#"Variable "$a" of type "Int" used in position expecting type "Int!"."#]
            ),
            ("query ($a: Int = 1) { required(x: $a) }", []),
            (
                "{ person { id id: name } }",
                [
                    #"Fields "id" conflict because "id" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ a: echo(text: \"a\") a: echo(text: \"b\") }",
                [
                    #"Fields "a" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ person { x: id } ...F } fragment F on Query { person { x: name } }",
                [
                    #"Fields "person" conflict because subfields "x" conflict because "id" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            (
                "{ anything { ... on Person { x: age } ... on Robot { x: name } } }",
                [
                    #"Fields "x" conflict because they return conflicting types "Int" and "String". Use different aliases on the fields to fetch both if this was intentional."#
                ]
            ),
            ("{ __typename __schema { queryType { name } } __type(name: \"Person\") { name } }", []),
            ("{ person { __schema { x } } }", [#"Cannot query field "__schema" on type "Person"."#]),
        ] as [(String, [String])])
    func `a document is judged`(document: String, messages: [String]) throws {
        #expect(try Fixture.messages(document) == messages)
    }

    @Test func `an error names its places`() throws {
        let errors = try Fixture.engine().validate("query Q {\n  echo(number: $a)\n}")
        #expect(errors.first?.locations == [SourceLocation(line: 2, column: 16), SourceLocation(line: 1, column: 1)])
        #expect(errors.first?.code == "GRAPHQL_VALIDATION_FAILED")
    }

    @Test func `after a hundred errors validation stops`() throws {
        let messages = try Fixture.messages("{" + (0..<500).map { "f\($0) " }.joined() + "}")
        #expect(messages.count == 101)
        #expect(messages.last == "Too many validation errors, error limit reached. Validation aborted.")
    }
}
