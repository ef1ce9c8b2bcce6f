/// A request: a document, which of its operations to run, and its variables.
/// - Source: GraphQL October 2021 §6.1; GraphQL over HTTP, "Request".
public struct GraphQLRequest: Sendable, Hashable {
    /// The document's text.
    public var query: String
    /// The values of variables; what is not in it is absent, which is not the same as null.
    public var variables: JSONObject
    /// Which operation to run, where the document has several.
    public var operationName: String?
    /// Whatever else the client sent along.
    public var extensions: JSONObject

    /// A request from its parts.
    public init(
        query: String, variables: JSONObject = [:], operationName: String? = nil, extensions: JSONObject = [:]
    ) {
        self.query = query
        self.variables = variables
        self.operationName = operationName
        self.extensions = extensions
    }

    /// Reads a request from a JSON body: `{"query": …, "variables": …, "operationName": …, "extensions": …}`. Other
    /// members are ignored; `null` is the same as absent.
    /// - Throws: ``GraphQLError`` whose text names what is wrong and never quotes the body.
    public init(
        json body: some Sequence<UInt8>, parser: JSONParser = JSONParser()
    ) throws(GraphQLError) {
        let value: JSONValue
        do {
            value = try parser.parse(body)
        } catch {
            throw GraphQLError(
                "The request body is not valid JSON: \(error.message) (byte \(error.offset)).", code: "BAD_REQUEST")
        }
        func refused(_ message: String) -> GraphQLError { GraphQLError(message, code: "BAD_REQUEST") }
        guard case .object(let object) = value else {
            if case .array = value { throw refused("Batched requests are not supported.") }
            throw refused("The request body must be a JSON object.")
        }
        guard case .string(let query)? = object["query"] else {
            throw refused("The request body must have a string \"query\".")
        }
        func member(_ name: String) throws(GraphQLError) -> JSONObject {
            switch object[name] {
            case nil, .null?: return [:]
            case .object(let value)?: return value
            default: throw refused("\"\(name)\" must be a JSON object.")
            }
        }
        let operationName: String?
        switch object["operationName"] {
        case nil, .null?: operationName = nil
        case .string(let name)?: operationName = name
        default: throw refused("\"operationName\" must be a string.")
        }
        self.init(
            query: query, variables: try member("variables"), operationName: operationName,
            extensions: try member("extensions"))
    }
}
