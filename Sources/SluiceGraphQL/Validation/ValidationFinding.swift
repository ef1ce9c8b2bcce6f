/// What one rule of validation found. The rule's name is for tests that compare engines; clients see the error alone.
package struct ValidationFinding: Sendable {
    /// The name of the rule, `Limit` for a limit, `Syntax` for what does not parse.
    package let rule: String
    /// What the client is told.
    package let error: GraphQLError
}
