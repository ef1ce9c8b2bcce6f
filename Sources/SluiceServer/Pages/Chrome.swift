/// What surrounds every page: where links begin, who is signed in, and what just happened.
struct Chrome: Sendable {
    /// Who is signed in, for the header.
    struct Account: Sendable {
        var name: String
        var email: String
    }

    /// A word on what the last request did, shown once above the content.
    struct Notice: Sendable {
        var text: String
        var isWarning = false
    }

    /// The path prefix of the origin that serves the page, without a trailing slash: empty, or `/sluice`.
    var base = ""
    /// Where the settings and the home page live, if on another origin than this page. Without a trailing slash.
    var app: String?
    var account: Account?
    /// The CSRF token for every form on the page.
    var csrf: String
    var notice: Notice?
    /// The time in a sandbox; `nil` outside one.
    var sandbox: Moment?
    var assetVersion: String = StyleSheet.version
    var product = "Sluice"

    /// The names that the layout uses.
    func values<P: Page>(for page: P) -> [String: Any] {
        [
            "base": base,
            "app": app ?? base,
            "account": TemplateValues.convert(account as Any),
            "csrf": csrf,
            "notice": TemplateValues.convert(notice as Any),
            "sandbox": TemplateValues.convert(sandbox as Any),
            "assetVersion": assetVersion,
            "product": product,
            "title": page.title,
            "hasErrors": page.formErrors.contains { !$0.isEmpty },
            "frame": P.frame.rawValue,
            "isApp": P.frame == .app,
            "isGate": P.frame == .gate,
            "inAPI": P.tab == .api,
            "inChannels": P.tab == .channels,
            "inAccount": P.tab == .account,
            "inLog": P.tab == .log,
        ]
    }
}
