import SluiceGraphQL

/// Reads requests, one JSON object in a line, and answers each in a line:
///
///     {"query": …, "variables"?: …, "operationName"?: …, "root"?: …, "style"?: "sync" | "async" | "batch"}
///     {"data"?: …, "errors": [{"message", "locations", "path", "rule"}]}
///
/// `rule` names the rule of validation, or what else refused: `Syntax`, `Limit`, `Operation`, `Variables`, `Body`, and
/// `Field` for an error of a field.
struct Answering {
    private var engines: [TestedEngine.Style: TestedEngine] = [:]

    init(sdl: String) throws {
        for style in TestedEngine.Style.allCases {
            engines[style] = try TestedEngine(sdl: sdl, style: style, limits: .wide)
        }
    }

    func run() async {
        while let line = readLine(strippingNewline: true) {
            var writer = JSONWriter()
            writer.write(await answer(line))
            print(String(decoding: writer.bytes, as: UTF8.self))
        }
    }

    private func answer(_ line: String) async -> JSONValue {
        let parser = JSONParser(depthLimit: 512, limitInBytes: 64 << 20)
        let body: JSONValue
        let request: GraphQLRequest
        do {
            body = try parser.parse(line)
            request = try GraphQLRequest(json: line.utf8, parser: parser)
        } catch {
            return ["errors": [["message": .string("\(error)"), "rule": "Body"]]]
        }
        let style = body["style"]?.string.flatMap(TestedEngine.Style.init) ?? .sync
        guard let engine = engines[style]?.engine else { return .null }
        let findings = engine.findings(in: request.query)
        guard findings.isEmpty else {
            return ["errors": .array(findings.map { Self.error($0.error.json, rule: $0.rule) })]
        }
        let response = await engine.execute(request, context: (), root: body["root"] ?? .null)
        let rule =
            switch response.requestError {
            case .syntax: "Syntax"
            case .validation: "Validation"
            case .operation: "Operation"
            case .variables: "Variables"
            case .body: "Body"
            case nil: "Field"
            }
        guard case .object(var answer)? = try? parser.parse(response.body) else { return .null }
        answer["errors"] = .array(response.errors.map { Self.error($0.json, rule: rule) })
        return .object(answer)
    }

    private static func error(_ error: JSONValue, rule: String) -> JSONValue {
        guard case .object(var object) = error else { return error }
        object["extensions"] = nil
        object["rule"] = .string(rule)
        return .object(object)
    }
}
