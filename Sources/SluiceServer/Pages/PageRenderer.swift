import Mustache

/// Turns pages into HTML. Built once; safe to use from anywhere.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// The templates that are part of the program, parsed once however many servers a process has.
    private static let embedded = Result { try PageRenderer(templates: Templates.embedded) }

    /// A renderer with the templates that are part of the program.
    init() throws { self = try Self.embedded.get() }

    /// - Parameter templates: Mustache text by template name.
    /// - Throws: Mustache's error where a template does not parse.
    init(templates: [String: String]) throws {
        MustacheContentTypes.register(MarkupEscaping(), named: MarkupEscaping.name)
        // Every template starts by choosing the escaping, because each partial falls back to Mustache's own otherwise.
        let pragma = "{{% CONTENT_TYPE: \(MarkupEscaping.name)}}\n"
        library = MustacheLibrary(templates: try templates.mapValues { try MustacheTemplate(string: pragma + $0) })
    }

    /// The whole HTML document for `page`.
    /// - Throws: ``UnknownTemplate``, which only a page type with a misspelt template can cause.
    func render<P: Page>(_ page: P, chrome: Chrome) throws -> String {
        let values = TemplateValues.of(page).merging(chrome.values(for: page)) { _, fromChrome in fromChrome }
        guard let html = library.render(values, withTemplate: P.template) else {
            throw UnknownTemplate(name: P.template)
        }
        return html
    }

    /// A page asked for a template that is not there.
    struct UnknownTemplate: Error {
        let name: String
    }
}
