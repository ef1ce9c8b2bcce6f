import SluiceGraphQL

// The authority has types of the same names for its own use, which tests of it see, too.
typealias JSONObject = SluiceGraphQL.JSONObject
typealias JSONParser = SluiceGraphQL.JSONParser
typealias JSONValue = SluiceGraphQL.JSONValue
