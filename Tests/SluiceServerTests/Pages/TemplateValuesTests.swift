import Testing

@testable import SluiceServer

@Suite("Values for templates")
struct TemplateValuesTests {
    private struct Inner: Sendable {
        var name: String?
    }

    private struct Outer: Page {
        static let template = "outer"
        var name = "outer"
        var inner: [Inner]
        var title: String { "t" }
    }

    private func render(_ inner: [Inner]) throws -> String {
        let text = "{{#inner}}[{{name}}{{#name}} has {{.}}{{/name}}]{{/inner}}{{^inner}}none{{/inner}}"
        return try PageRenderer(templates: ["outer": text]).render(Outer(inner: inner), chrome: Chrome(csrf: ""))
    }

    @Test func `an absent value is not looked for further out`() throws {
        #expect(try render([Inner(name: nil), Inner(name: "a")]) == "[][a has a]")
    }

    @Test func `an optional text that is empty counts as absent, an empty list as none`() throws {
        #expect(try render([Inner(name: "")]) == "[]")
        #expect(try render([]) == "none")
    }
}
