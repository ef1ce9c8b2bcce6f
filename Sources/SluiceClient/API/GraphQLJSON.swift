import Foundation

/// How requests are written and answers read.
enum GraphQLJSON {
    /// Moments as the API writes them.
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return encoder
    }

    /// Moments with and without fractions of a second.
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            if let date = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) { return date }
            if let date = try? Date(text, strategy: .iso8601) { return date }
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is no ISO 8601 moment.")
        }
        return decoder
    }

    /// The body of a request. Variables are JSON already and go in as they are.
    static func body(_ document: String, _ variables: [UInt8]?, _ operationName: String?) -> [UInt8] {
        var body = Array("{\"query\":".utf8) + quoted(document)
        if let operationName { body += Array(",\"operationName\":".utf8) + quoted(operationName) }
        if let variables { body += Array(",\"variables\":".utf8) + variables }
        return body + Array("}".utf8)
    }

    /// Whether the text is one JSON object: what is put into a request must not bring members of its own.
    static func isObject(_ json: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(json))) is [String: Any]
    }

    /// What can be said of an answer without knowing the shape of its data; `nil` for what is no GraphQL answer.
    static func outline(of body: [UInt8]) -> (hasData: Bool, errors: [GraphQLErrorEntry])? {
        struct Outline: Decodable {
            struct Anything: Decodable {
                init(from decoder: any Decoder) {}
            }
            var data: Anything?
            var errors: [GraphQLErrorEntry]?
        }
        guard let outline = try? JSONDecoder().decode(Outline.self, from: Data(body)),
            outline.data != nil || outline.errors?.isEmpty == false
        else { return nil }
        return (outline.data != nil, outline.errors ?? [])
    }

    /// Where decoding failed, without the value that it failed at.
    static func place(of error: any Error) -> String {
        let path: [any CodingKey] =
            switch error {
            case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
                DecodingError.dataCorrupted(let context):
                context.codingPath
            case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
            default: []
            }
        return path.isEmpty ? "at its top" : "at " + path.map(\.stringValue).joined(separator: ".")
    }

    private static func quoted(_ text: String) -> [UInt8] {
        // A string is always representable; `[]` would be a bug that the server reports as malformed JSON.
        (try? JSONEncoder().encode(text)).map(Array.init) ?? []
    }
}
