import Foundation
import Testing

@testable import SluiceServer

@Suite("Templates")
struct TemplatesTests {
    @Test func `every template in the folder is part of the program, as it is`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let folder = root.appending(path: "Sources/SluiceServer/Resources")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "mustache" }
        #expect(Set(files.map { $0.deletingPathExtension().lastPathComponent }) == Set(Templates.embedded.keys))
    }

    @Test func `no template leaves text unescaped`() {
        for (name, text) in Templates.embedded {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
            #expect(!text.contains("CONTENT_TYPE"), "\(name)")
        }
    }

    @Test func `everything embedded stays small`() {
        let size = Templates.embedded.values.reduce(StyleSheet.bytes.count) { $0 + $1.utf8.count }
        #expect(size < 128 * 1024)
    }

    @Test func `the style sheet loads nothing`() {
        let css = String(decoding: StyleSheet.bytes, as: UTF8.self)
        #expect(!css.contains("url(") && !css.contains("@import"))
        #expect(css.contains("prefers-color-scheme: dark") && css.contains("prefers-reduced-motion"))
        #expect(!StyleSheet.version.isEmpty)
    }
}
