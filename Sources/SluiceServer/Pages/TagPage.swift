/// The words that posts and ideas of an organization are sorted by.
struct TagPage: Page {
    static let template = "tags"
    static let tab: PageTab? = .channels

    /// A tag in the list, with its form.
    struct Tag: Sendable {
        var id: String
        var name: String
        /// As CSS classes and forms name it.
        var color: String
        var colors: [Color]
    }

    /// A colour to choose.
    struct Color: Sendable, DerivedValues {
        var value: String
        var isChosen: Bool

        /// `blueLight` is "light blue".
        var derived: [String: Any] {
            ["words": value.hasSuffix("Light") ? "light \(value.dropLast(5))" : value]
        }
    }

    var place: ChannelPlace
    var canManage: Bool
    var tags: [Tag]
    /// The query, without `?`, that shows the next tags; `nil` on the last page.
    var more: String?
    /// What the form for a new one holds.
    var name = ""
    var colors: [Color]
    /// Fields: `name`, `color`.
    var errors: FormErrors = []
    /// What is wrong with the form of a tag that is there.
    var editErrors: FormErrors = []

    var title: String { "Tags" }
    var formErrors: [FormErrors] { [errors, editErrors] }
    var derived: [String: Any] { ["organizationID": place.organizationID, "isEmpty": tags.isEmpty] }
}
