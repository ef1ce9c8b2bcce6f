import SluiceGraphQL

extension API {
    /// A request as a URL has it: the members of a JSON body as parameters of their own, objects among them written as JSON.
    /// - Source: GraphQL over HTTP, working draft, "GET".
    package struct URLQuery: Sendable {
        /// The document.
        package let query: String?
        /// A JSON object.
        package let variables: String?
        /// Which operation to run.
        package let operationName: String?
        /// A JSON object.
        package let extensions: String?

        /// The parameters, decoded; `nil` for one that is absent or empty.
        package init(query: String?, variables: String?, operationName: String?, extensions: String?) {
            self.query = query
            self.variables = variables
            self.operationName = operationName
            self.extensions = extensions
        }
    }
}

extension GraphQLRequest {
    /// Reads the request in a URL.
    /// - Throws: An error that names the parameter that is wrong and never quotes it.
    init(_ url: API.URLQuery) throws(GraphQLError) {
        guard let query = url.query else {
            throw GraphQLError("A GET request must have the parameter \"query\".", code: "BAD_REQUEST")
        }
        func object(_ text: String?, _ name: String) throws(GraphQLError) -> JSONObject {
            guard let text else { return [:] }
            switch try? JSONParser().parse(text) {
            case .object(let object)?: return object
            case .null?: return [:]
            default: throw GraphQLError("The parameter \"\(name)\" must be a JSON object.", code: "BAD_REQUEST")
            }
        }
        self.init(
            query: query, variables: try object(url.variables, "variables"), operationName: url.operationName,
            extensions: try object(url.extensions, "extensions"))
    }
}
