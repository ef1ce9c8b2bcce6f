import Foundation
import SluiceGraphQL
import Testing

/// A request that Buffer's developer pages print, and what they say of its answer. Names and texts are ours; fields and forms are theirs.
struct DocumentedExample: Sendable, CustomTestStringConvertible {
    /// The page, and which of its requests.
    let id: String
    private let text: String

    var testDescription: String { id }

    /// Everything in `Tests/Golden/API/documented-examples`: a file for each guide, and one for the pages of examples.
    static func all() throws -> [DocumentedExample] {
        // Through links, since folders of tests may be reached by one.
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "Golden/API/documented-examples"), includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.flatMap { file in
            try JSONParser().parse(Data(contentsOf: file)).array?.map { json in
                guard let id = json["id"]?.string else { throw Missing(what: "an id in \(file.lastPathComponent)") }
                return DocumentedExample(id: id, text: json.description)
            } ?? []
        }
    }

    /// The example with an id in place of each kind of thing: `<channel>`.
    func filled(with ids: [String: String]) throws -> JSONValue {
        try JSONParser().parse(ids.reduce(text) { $0.replacing("<\($1.key)>", with: $1.value) }.utf8)
    }
}
