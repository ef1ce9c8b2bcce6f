/// What must hold for a template. Complaints are sentences without the closing point.
enum TemplateRules {
    static let titleLimit = 200
    static let bodyLimit = 10_000
    static let descriptionLimit = 1_000
    static let emojiLimit = 16

    static func complaints(about template: PostTemplate) -> [String] {
        var complaints: [String] = []
        func check(_ text: String, _ least: Int, _ limit: Int, _ what: String) {
            guard (least > 0 && text.isBlank) || text.isLonger(than: limit) else { return }
            complaints.append("The \(what) of a template has \(least > 0 ? "1 to" : "at most") \(limit) characters")
        }
        check(template.title, 1, titleLimit, "title")
        check(template.body, 1, bodyLimit, "body")
        check(template.description, 0, descriptionLimit, "description")
        check(template.emoji, 0, emojiLimit, "emoji")
        return complaints
    }
}

extension PostTemplate {
    /// Whether somebody of the organization may see it, and change it: a private one is its author's alone.
    public func isVisible(to reader: AccountReference) -> Bool { visibility != .private || author == reader }
}
