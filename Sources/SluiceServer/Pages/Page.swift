/// One page: what a template needs, as plain text, numbers, flags and lists.
///
/// The endpoint turns what it knows into a page; the page knows nothing of accounts, stores or rules.
/// Stored properties reach the template under their own names, ``DerivedValues/derived`` adds the rest.
protocol Page: Sendable, DerivedValues {
    /// The template's file name in `Resources`, without its extension.
    static var template: String { get }
    /// The shape of the page around the content.
    static var frame: PageFrame { get }
    /// The settings tab that is marked as the current one.
    static var tab: PageTab? { get }
    /// What the browser's tab says. Never holds a secret: titles land in histories and window lists.
    var title: String { get }
    /// The errors of every form on the page; the title announces them.
    var formErrors: [FormErrors] { get }
}

extension Page {
    static var frame: PageFrame { .app }
    static var tab: PageTab? { nil }
    var formErrors: [FormErrors] { [] }
}

/// The shapes a page comes in.
enum PageFrame: String, Sendable {
    /// A form beside the picture of the gate: what a visitor meets before being let in.
    case gate
    /// A single message.
    case plain
    /// Settings, with tabs.
    case app
}

/// The tabs of the settings.
enum PageTab: Sendable {
    case api
    case channels
    case account
    case log
}
