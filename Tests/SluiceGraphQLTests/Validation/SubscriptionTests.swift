import Testing

@testable import SluiceGraphQL

@Suite("GraphQL §5.2.3.1: a subscription has one root field")
struct SubscriptionTests {
    private static let sdl = """
        type Query { never: Int } interface Source { tick: Int } type Other { tick: Int }
        type Subscription implements Source { tick: Int tock: Int }
        """

    @Test(
        arguments: [
            ("subscription { tick }", []),
            ("subscription { a: tick a: tick }", []),
            ("subscription { ...F ... on Source { tick } } fragment F on Subscription { tick }", []),
            ("query { a: never b: never }", []),
            ("subscription { tick tock }", ["1:21 Anonymous Subscription must select only one top level field."]),
            (
                "subscription S { tick ...F ...F } fragment F on Source { tick b: tick }",
                [#"1:63 Subscription "S" must select only one top level field."#]
            ),
            (
                "subscription S { ... { tick } ... on Subscription { tock } tock }",
                [#"1:53 1:60 Subscription "S" must select only one top level field."#]
            ),
            (
                "subscription S { tick @skip(if: true) tock @include(if: false) }",
                [#"1:39 Subscription "S" must select only one top level field."#]
            ),
            (
                "subscription S { __typename }",
                [#"1:18 Subscription "S" must not select an introspection top level field."#]
            ),
            (
                "subscription { tick t: __typename t: __typename }",
                [
                    "1:21 1:35 Anonymous Subscription must select only one top level field.",
                    "1:21 1:35 Anonymous Subscription must not select an introspection top level field.",
                ]
            ),
        ] as [(String, [String])])
    func `more than one, and introspection, are refused`(document: String, errors: [String]) throws {
        let engine = try GraphQLEngine<Int>(sdl: Self.sdl, resolvers: .init())
        let found = engine.validate(document).map { error in
            (error.locations.map { "\($0.line):\($0.column)" } + [error.message]).joined(separator: " ")
        }
        #expect(found == errors)
    }

    @Test func `fragments in a circle are another rule's finding, and a schema without subscriptions has none of this one`()
        throws
    {
        let engine = try GraphQLEngine<Int>(sdl: Self.sdl, resolvers: .init())
        let circle = engine.validate("subscription { ...F } fragment F on Subscription { tick ...F }")
        #expect(circle.map(\.message) == [#"Cannot spread fragment "F" within itself."#])
        let bare = try GraphQLEngine<Int>(sdl: "type Query { never: Int }", resolvers: .init())
        #expect(bare.validate("subscription { a b }").isEmpty)
    }
}
