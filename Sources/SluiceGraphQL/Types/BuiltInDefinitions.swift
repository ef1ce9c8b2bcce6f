/// The SDL that every schema begins with.
enum BuiltInDefinitions {
    static let scalarDescriptions: [(name: String, kind: ScalarType.Kind, description: String)] = [
        ("Int", .int, "A whole number of 32 bits, with sign."),
        ("Float", .float, "A number with a fraction, in double precision (IEEE 754)."),
        ("String", .string, "Text, as a sequence of Unicode characters."),
        ("Boolean", .boolean, "`true` or `false`."),
        (
            "ID", .id,
            "Names one thing, for fetching it again or as a cache key. It is sent as a string, not meant to be read."
        ),
    ]

    /// - Source: GraphQL October 2021 §3.13; `@oneOf`: September 2025 §3.13.5.
    static let directives = """
        "Leaves the field or fragment out unless the argument is true."
        directive @include("Keeps it when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        "Leaves the field or fragment out when the argument is true."
        directive @skip("Leaves it out when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        "Marks what should not be used any more."
        directive @deprecated("Why, and what to use instead." reason: String = "No longer supported")
          on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        "Names the specification of a scalar."
        directive @specifiedBy("The address of the specification." url: String!) on SCALAR
        "An input object of which exactly one field is given, and not null."
        directive @oneOf on INPUT_OBJECT
        """

    /// - Source: GraphQL October 2021 §4.2; `isOneOf`: September 2025 §4.2.
    static let introspection = """
        "What a server can do: its types, directives and the roots of its operations."
        type __Schema {
          description: String
          types: [__Type!]!
          queryType: __Type!
          mutationType: __Type
          subscriptionType: __Type
          directives: [__Directive!]!
        }
        "A type of the schema. `kind` says which of the other fields mean something."
        type __Type {
          kind: __TypeKind!
          name: String
          description: String
          specifiedByURL: String
          fields(includeDeprecated: Boolean = false): [__Field!]
          interfaces: [__Type!]
          possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean = false): [__InputValue!]
          ofType: __Type
          isOneOf: Boolean
        }
        "The kind of a type."
        enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
        "A field of an object or interface."
        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }
        "An argument, or a field of an input object."
        type __InputValue {
          name: String!
          description: String
          type: __Type!
          "The default in GraphQL's notation."
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }
        "One value of an enum."
        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }
        "A directive that documents or the schema may use."
        type __Directive {
          name: String!
          description: String
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean = false): [__InputValue!]!
        }
        "Where a directive may stand."
        enum __DirectiveLocation {
          QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION
          SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT
          INPUT_FIELD_DEFINITION
        }
        """
}
