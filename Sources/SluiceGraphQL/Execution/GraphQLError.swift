/// An error as the client sees it in `errors`. Its text is public: it holds no secret.
/// - Source: GraphQL October 2021 §7.1.2.
public struct GraphQLError: Error, Sendable, Hashable {
    /// What went wrong, for a developer to read.
    public var message: String
    /// Where in the document; empty when it concerns no part of it.
    public var locations: [SourceLocation]
    /// Which response field failed; empty for an error of the whole request.
    public var path: [PathSegment]
    /// Further facts for machines, `code` among them.
    public var extensions: JSONObject

    /// An error. A resolver gives message and extensions; the executor adds location and path.
    public init(
        _ message: String, locations: [SourceLocation] = [], path: [PathSegment] = [], extensions: JSONObject = [:]
    ) {
        self.message = message
        self.locations = locations
        self.path = path
        self.extensions = extensions
    }

    /// An error that a program can recognize by `extensions.code`.
    public init(_ message: String, code: String) {
        self.init(message, extensions: ["code": .string(code)])
    }

    init(syntax message: String, at location: SourceLocation) {
        self.init("Syntax Error: \(message)", locations: [location])
    }

    /// `extensions.code`, if it is a string.
    public var code: String? {
        if case .string(let code)? = extensions["code"] { code } else { nil }
    }

    /// The same error with `extensions.code` set where none was.
    func withDefaultCode(_ code: String) -> GraphQLError {
        guard extensions["code"] == nil else { return self }
        var error = self
        error.extensions["code"] = .string(code)
        return error
    }
}

/// One step from the response's root to a field.
public enum PathSegment: Sendable, Hashable {
    /// A response key: the alias, else the field's name.
    case key(String)
    /// An index into a list.
    case index(Int)
}

extension GraphQLError {
    /// The error as it stands in a response.
    public var json: JSONValue {
        var object: JSONObject = ["message": .string(message)]
        if !locations.isEmpty {
            object["locations"] = .array(
                locations.map { .object(["line": .int($0.line), "column": .int($0.column)]) })
        }
        if !path.isEmpty {
            object["path"] = .array(
                path.map { segment in
                    switch segment {
                    case .key(let key): .string(key)
                    case .index(let index): .int(index)
                    }
                })
        }
        if !extensions.isEmpty { object["extensions"] = .object(extensions) }
        return .object(object)
    }
}
