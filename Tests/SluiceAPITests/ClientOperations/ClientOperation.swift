import Foundation
import SluiceGraphQL
import Testing

/// A request that public clients of Buffer's API send, and what they build on: whether it is taken, and the shape of the answer.
struct ClientOperation: Sendable, CustomTestStringConvertible {
    let id: String
    private let query: String
    private let variables: JSONValue?
    /// The code of the error, if the request is refused before anything runs.
    let refusal: String?
    /// What stands in `data`: for each name its type, or its type and fields.
    let answer: JSONValue?

    var testDescription: String { id }

    /// Everything in `Tests/Golden/API/client-operations`. Ids stand there as the kind of thing they name: `<channel instagram>`.
    static func all() throws -> [ClientOperation] {
        // Through links, since folders of tests may be reached by one.
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "Golden/API/client-operations"), includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.flatMap { file in
            try JSONParser().parse(Data(contentsOf: file)).array?.map(ClientOperation.init) ?? []
        }
    }

    private init(_ json: JSONValue) throws {
        guard let id = json["id"]?.string, let query = json["query"]?.string else {
            throw Missing(what: "an operation in \(json)")
        }
        (self.id, self.query) = (id, query)
        variables = json["variables"]
        refusal = json["refused"]?.string
        answer = json["answer"]
    }

    /// The request with real ids in place of kinds.
    /// - Parameter find: The id of a thing of a kind.
    func request(_ find: (_ kind: String) async throws -> String) async throws -> (query: String, variables: JSONValue) {
        var ids: [String: String] = [:]
        for match in (query + (variables?.description ?? "")).matches(of: /<([a-z ]+)>/) where ids[String(match.1)] == nil {
            ids[String(match.1)] = try await find(String(match.1))
        }
        func filled(_ text: String) -> String { ids.reduce(text) { $0.replacing("<\($1.key)>", with: $1.value) } }
        let json = try variables.map { try JSONParser().parse(filled($0.description).utf8) }
        return (filled(query), json ?? .null)
    }
}
