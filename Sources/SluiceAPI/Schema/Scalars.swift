import SluiceAuthority
import SluiceGraphQL

/// How the schema's own scalars are read and written. All of them are strings on the wire.
enum Scalars {
    /// The longest id or address in bytes. Whether an id names anything is not a question of its form: Buffer refuses unknown ids
    /// where they are used, and clients were written against that.
    static let limitInBytes = 256

    /// Every scalar that names something.
    static let ids = [
        "AccountId", "ChannelId", "ContentItemId", "DraftId", "IdeaId", "InvitationId", "NoteId", "OrganizationId", "PostGroupId",
        "PostId", "PostTemplateId", "TagId", "Uuid",
    ]

    /// Registers all of them.
    static func register<Context: Sendable>(in resolvers: inout ResolverRegistry<Context>) {
        for name in ids {
            resolvers.scalar(
                name,
                ScalarCoercion(
                    parse: { .string(try text($0, of: name)) }, serialize: { .string(try written($0, of: name)) }))
        }
        resolvers.scalar("Email", ScalarCoercion(parse: email, serialize: { .string(try written($0, of: "Email")) }))
        resolvers.scalar("DateTime", ScalarCoercion(parse: dateTime, serialize: dateTimeText))
    }

    /// Resolvers see the text as it came, so that they can tell a date alone from a moment: they read it with ``Moment``.
    private static func dateTime(_ value: JSONValue) throws(GraphQLError) -> JSONValue {
        let text = try text(value, of: "DateTime")
        guard Moment(text) != nil else {
            throw GraphQLError("DateTime cannot represent an invalid date-time-string: \(quoted(text))")
        }
        return value
    }

    /// Always UTC with milliseconds, however a resolver writes it.
    private static func dateTimeText(_ value: JSONValue) throws(GraphQLError) -> JSONValue {
        let text = try written(value, of: "DateTime")
        // `2026-11-23T14:30:00.000Z` is what resolvers give: it is not read again.
        if text.utf8.count == 24, text.utf8.last == UInt8(ascii: "Z") { return value }
        guard let moment = Moment(text) else {
            throw GraphQLError("DateTime cannot represent an invalid date-time-string: \(quoted(text))")
        }
        return .string(Timestamp.text(moment.date))
    }

    private static func email(_ value: JSONValue) throws(GraphQLError) -> JSONValue {
        let text = try text(value, of: "Email")
        guard let address = EmailAddress(text) else {
            throw GraphQLError("Email cannot represent an invalid address: \(quoted(text))")
        }
        return .string(address.text)
    }

    private static func text(_ value: JSONValue, of scalar: String) throws(GraphQLError) -> String {
        guard case .string(let text) = value else {
            throw GraphQLError("\(scalar) cannot represent a non string value: \(shown(value))")
        }
        guard text.utf8.count <= limitInBytes else {
            throw GraphQLError("\(scalar) cannot represent a string of more than \(limitInBytes) bytes.")
        }
        return text
    }

    private static func written(_ value: JSONValue, of scalar: String) throws(GraphQLError) -> String {
        guard case .string(let text) = value else {
            throw GraphQLError("\(scalar) cannot represent value: \(shown(value))")
        }
        return text
    }

    /// An error repeats what was sent so that it can be found, but at no length.
    private static func shown(_ value: JSONValue) -> String {
        switch value {
        case .null, .bool, .int, .double: value.description
        case .string(let text): quoted(text)
        case .array: "[Array]"
        case .object: "[Object]"
        }
    }

    private static func quoted(_ text: String) -> String {
        text.utf8.count <= 100 ? JSONValue.string(text).description : JSONValue.string("\(text.prefix(100))…").description
    }
}
